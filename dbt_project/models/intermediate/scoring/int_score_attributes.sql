-- Whoever or whatever is judged, one row for each thing known of it; what is not known has no row, so nothing
-- matches it.
with
    profiles as (select * from {{ ref("int_person_profiles") }}),

    event_kinds as (
        select distinct event_kind_id, touch, activity, direction, channel, campaign, content
        from {{ ref("int_score_events") }}
    ),

    current_version as (
        select version
        from {{ ref("stg_agreement__versions") }}
        where {{ until_as_of("valid_from") }}
        qualify row_number() over (order by valid_from desc) = 1
    ),

    personas as (
        select profiles.person_id, min(patterns.persona) as persona
        from profiles
        inner join
            {{ ref("stg_agreement__personas") }} as patterns
            on lower(profiles.job_title) like patterns.title_pattern escape '!'
        inner join current_version on patterns.version = current_version.version
        group by profiles.person_id
    ),

    attributes as (
        {% for attribute, expression in [
            ("country", "coalesce(country, account_country)"),
            ("segment", "segment_label"),
            ("job_title", "job_title"),
            ("revenue_stream", "revenue_stream"),
            ("lead_type", "lead_type"),
            ("channel", "nullif(channel, 'Unknown')"),
            ("email_domain", "email_domain"),
            ("employees", "cast(employees as varchar)"),
        ] -%}
            select
                'fit' as score_part,
                person_id as subject_id,
                '{{ attribute }}' as attribute,
                {{ expression }} as attribute_value
            from profiles
            union all
        {% endfor -%}
        select
            'fit' as score_part, person_id as subject_id, 'persona' as attribute, persona as attribute_value
        from personas
        {% for attribute in ["touch", "activity", "direction", "channel", "campaign", "content"] -%}
            union all
            select
                'engagement' as score_part,
                event_kind_id as subject_id,
                '{{ attribute }}' as attribute,
                {{ attribute }} as attribute_value
            from event_kinds
        {% endfor -%}
    )

select score_part, subject_id, attribute, lower(trim(attribute_value)) as attribute_value
from attributes
where trim(attribute_value) != ''
