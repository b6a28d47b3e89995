{#- Why an answer is not used: a score that is not on its type's scale is counted apart, never averaged in. -#}
{% macro feedback_fault(feedback_type, score) -%}
    case
        when {{ feedback_type }} = 'churn'
        then null
        when coalesce({{ feedback_type }}, '') not in ('nps', 'csat')
        then 'feedback type unknown'
        when {{ score }} is null
        then 'no score'
        when {{ feedback_type }} = 'nps' and not {{ score }} between 0 and 10
        then 'score outside its scale'
        when {{ feedback_type }} = 'csat' and not {{ score }} between 1 and 5
        then 'score outside its scale'
    end
{%- endmacro %}

{#- Why a survey that was sent is not counted: a type that no answer can have, or it reached nobody. -#}
{% macro survey_fault(feedback_type, exclusion_reason) -%}
    case
        when coalesce({{ feedback_type }}, '') not in ('nps', 'csat')
        then 'feedback type unknown'
        else {{ exclusion_reason }}
    end
{%- endmacro %}
