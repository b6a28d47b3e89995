{%- set journey -%}
    cast(null as string) as clause,
    'journey' as record_type,
    journey_id as record_id,
    person_id,
    owner_id,
    agreement_version,
    entered_at as happened_at,
    1 as row_count
{%- endset %}

with
    journeys as (select * from {{ ref("fct_journeys") }}),

    persons as (select * from {{ ref("dim_person") }}),

    agreed_types as (
        select distinct agreement_version, revenue_stream, lead_type from {{ ref("dim_target") }}
    ),

    typed as (
        select journeys.*, agreed_types.lead_type is not null as is_agreed
        from journeys
        left join
            agreed_types
            on journeys.agreement_version = agreed_types.agreement_version
            and journeys.revenue_stream = agreed_types.revenue_stream
            and journeys.lead_type = agreed_types.lead_type
    )

select
    'version_in_force' as guard,
    {{ journey }},
    case
        when agreement_version is null
        then 'it began on ' || cast(entered_date as string) || ', when no version was in force'
    end as reason
from typed
union all
select
    'unknown_source' as guard,
    {{ journey }},
    case
        when channel = 'Unknown'
        then 'nobody knows where it came from: its source is "' || source_label || '"'
    end as reason
from typed
where agreement_version is not null
union all
select
    'agreed_lead_types' as guard,
    {{ journey }},
    case
        when not is_agreed
        then
            'its lead type is "'
            || lead_type
            || '" of the stream "'
            || revenue_stream
            || '", which is not agreed'
    end as reason
from typed
where agreement_version is not null
union all
select
    'known_sources' as guard,
    cast(null as string) as clause,
    'person' as record_type,
    person_id as record_id,
    person_id,
    owner_id,
    null as agreement_version,
    created_at as happened_at,
    1 as row_count,
    case
        when channel = 'Unmapped'
        then 'the source "' || source_label || '" of ' || system || ' is in no rule of channel_rules'
    end as reason
from persons
