{#- The months over which the value of a customer is summed, as a relation. -#}
{% macro value_horizons() -%} (values (6), (12), (24), (36)) as horizons(horizon_months) {%- endmacro %}
