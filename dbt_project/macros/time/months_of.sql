{#- How many months a period of the agreement has: month, quarter or year. -#}
{% macro months_of(period) -%}
    case {{ period }} when 'year' then 12 when 'quarter' then 3 else 1 end
{%- endmacro %}
