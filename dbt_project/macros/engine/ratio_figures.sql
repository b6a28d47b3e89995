{#-
    A ratio of two sums by a function in Python (orchestration/lib/ratios.py), in a query that groups their parts: a map of
    figures by name. On another engine it is a function of the session.
-#}
{% macro ratio_figures(part, whole) -%}
    {{ return(adapter.dispatch("ratio_figures")(part, whole)) }}
{%- endmacro %}

{% macro duckdb__ratio_figures(part, whole) -%}
    ratio_figures({{ lists_by_row([part, whole], [part, whole]) }})
{%- endmacro %}
