-- One row per known attribute of each person or event that is evaluated; an unknown attribute has no row, so
-- nothing matches it.
{%- set fit = {
    "country": "coalesce(country, account_country)",
    "segment": "segment_label",
    "persona": "nullif(persona, 'unknown')",
    "job_title": "job_title",
    "revenue_stream": "nullif(revenue_stream, 'unknown')",
    "lead_type": "nullif(lead_type, 'unknown')",
    "channel": "nullif(channel, 'Unknown')",
    "email_domain": "email_domain",
    "employees": "cast(employees as string)",
} %}
with
    profiles as (select * from {{ ref("int_person_profiles") }}),

    event_kinds as (
        select distinct event_kind_id, touch, activity, direction, channel, campaign, content
        from {{ ref("int_score_events") }}
    ),

    attributes as (
        {% for attribute, expression in fit.items() -%}
            select
                'fit' as score_part,
                person_id as subject_id,
                '{{ attribute }}' as attribute,
                {{ expression }} as attribute_value
            from profiles
            union all
        {% endfor -%}
        {% for attribute in ["touch", "activity", "direction", "channel", "campaign", "content"] -%}
            {% if not loop.first %}
                union all
            {% endif %}
            select
                'engagement' as score_part,
                event_kind_id as subject_id,
                '{{ attribute }}' as attribute,
                {{ attribute }} as attribute_value
            from event_kinds
        {% endfor -%}
    )

select score_part, subject_id, attribute, lower({{ trimmed("attribute_value") }}) as attribute_value
from attributes
where {{ trimmed("attribute_value") }} != ''
