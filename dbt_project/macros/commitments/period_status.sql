{#- What a period came to, once it has ended and its bounds decide: before that, commitments that have not begun yet
    could still turn it. So a status is never reversed by waiting. -#}
{% macro period_status(has_ended, low, high, target) -%}
    case
        when not {{ has_ended }}
        then 'running'
        when {{ low }} is null
        then 'not_evaluated'
        when {{ low }} >= {{ target }}
        then 'met'
        when {{ high }} < {{ target }}
        then 'missed'
        else 'running'
    end
{%- endmacro %}
