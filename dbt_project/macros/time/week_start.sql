{#- The Monday of the week of a date. -#}
{% macro week_start(day) -%}
    cast({{ dbt.dateadd("day", "1 - " ~ iso_weekday(day), day) }} as date)
{%- endmacro %}
