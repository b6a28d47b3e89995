{#- Whole calendar months from one date to another (by month number), and a date moved by months. -#}
{% macro months_between(from_date, to_date) -%}
    (extract(year from {{ to_date }}) - extract(year from {{ from_date }})) * 12
    + extract(month from {{ to_date }})
    - extract(month from {{ from_date }})
{%- endmacro %}

{% macro add_months(day, months) -%} {{ return(adapter.dispatch("add_months")(day, months)) }} {%- endmacro %}

{% macro duckdb__add_months(day, months) -%}
    cast({{ day }} + to_months(cast({{ months }} as integer)) as date)
{%- endmacro %}

{% macro spark__add_months(day, months) -%}
    add_months({{ day }}, cast({{ months }} as integer))
{%- endmacro %}
