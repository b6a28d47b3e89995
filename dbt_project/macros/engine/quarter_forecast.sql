{#-
    The rest of a quarter by a function in Python (orchestration/lib/forecast), in a query that groups the rows of a
    forecast: a map of figures by name. On another engine it is a function of the session. The lists of its arguments
    have one entry per row of the group, in one order.
-#}
{% macro quarter_forecast(rest_days, columns) -%}
    quarter_forecast({{ rest_days }}, {{ lists_by_row(columns, columns) }})
{%- endmacro %}
