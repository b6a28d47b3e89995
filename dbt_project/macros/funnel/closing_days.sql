{#- The days within which all deals of a kind of lead have closed, by version, stream and lead type; none where they are unknown. -#}
{% macro closing_days() -%}
    select agreement_version, revenue_stream, lead_type, max(day_number) as closing_days
    from {{ ref("dim_closing_time") }}
    where basis <> 'unknown: taken as none'
    group by agreement_version, revenue_stream, lead_type
{%- endmacro %}
