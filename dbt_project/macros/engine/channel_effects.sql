{#-
    Effects of channels by a function in Python (orchestration/lib/attribution), in a query that groups the counts: a
    map of the effect by channel, or by number of the channel. On another engine they are functions of the session. The
    lists of their arguments have one entry per row of the group, in one order.
-#}
{% macro markov_effects(order, before, previous, channel, steps, conversions) -%}
    {%- set columns = [before, previous, channel, steps, conversions] -%}
    markov_effects({{ order }}, {{ lists_by_row(columns, [channel, previous, before]) }})
{%- endmacro %}

{% macro shapley_count_effects(set, conversions, channels) -%}
    shapley_count_effects({{ lists_by_row([set, conversions], [set]) }}, {{ channels }})
{%- endmacro %}

{% macro shapley_rate_effects(set, paths, conversions, channels) -%}
    shapley_rate_effects({{ lists_by_row([set, paths, conversions], [set]) }}, {{ channels }})
{%- endmacro %}
