{#-
    Repeat purchases of a new customer by a function in Python (orchestration/lib/customers), in a query that groups
    customers. On another engine it is a function of the session.
-#}
{% macro expected_purchases(repeats, last_weeks, observed_weeks, weeks) -%}
    {%- set columns = [repeats, last_weeks, observed_weeks] -%}
    expected_purchases({{ lists_by_row(columns, columns) }}, {{ weeks }})
{%- endmacro %}
