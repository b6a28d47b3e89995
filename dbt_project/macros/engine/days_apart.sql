{#- Whole days from one date to another; negative when the second comes first. -#}
{% macro days_apart(from_date, to_date) -%}
    {{ return(adapter.dispatch("days_apart")(from_date, to_date)) }}
{%- endmacro %}

{% macro duckdb__days_apart(from_date, to_date) -%}
    date_diff('day', {{ from_date }}, {{ to_date }})
{%- endmacro %}

{% macro spark__days_apart(from_date, to_date) -%} datediff({{ to_date }}, {{ from_date }}) {%- endmacro %}
