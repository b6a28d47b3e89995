{#- The months over which the value of a customer is summed, as a relation. -#}
{% macro value_horizons() -%} (values (6), (12), (24), (36)) as horizons(horizon_months) {%- endmacro %}

{#- A sum of doubles that has no order: of their decimals. -#}
{% macro sum_exactly(number, decimals=12) -%}
    cast(sum(cast({{ number }} as decimal(38, {{ decimals }}))) as double)
{%- endmacro %}
