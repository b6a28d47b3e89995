{#- The type of feedback by the survey's name, else by the name of the file; a name that is of no known type stays as it is. -#}
{% macro survey_type(survey, file) -%}
    {%- set label = "lower(coalesce(" ~ survey ~ ", " ~ file ~ "))" -%}
    case
        when {{ label }} like '%nps%' or {{ label }} like '%net promoter%'
        then 'nps'
        when {{ label }} like '%csat%' or {{ label }} like '%satisfaction%'
        then 'csat'
        else {{ label }}
    end
{%- endmacro %}
