{#-
    A ratio of two sums by a function in Python (orchestration/lib/ratios.py), in a query that groups their parts: a map of
    figures by name. `agreed` is the agreed ratio, null or the same in all rows of a group. On another engine it is a
    function of the session.
-#}
{% macro ratio_figures(part, whole, agreed) -%}
    ratio_figures({{ lists_by_row([part, whole, agreed], [part, whole]) }})
{%- endmacro %}
