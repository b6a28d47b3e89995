-- The company's rules applied once to every source that occurs, so that persons, touches and spend read it
-- the same way.
with
    occurrences as (
        select system, source_label, source_detail, {{ local_date("created_at") }} as source_date
        from {{ ref("int_persons") }}
        union
        select system, source_label, source_detail, {{ local_date("touched_at") }} as source_date
        from {{ ref("int_touchpoints") }}
        union
        select system, source_label, source_detail, spend_date as source_date
        from {{ ref("int_ad_spend") }}
    ),

    sources as (
        select
            system,
            coalesce(source_label, '') as source_label,
            coalesce(source_detail, '') as source_detail,
            source_date
        from occurrences
    ),

    rules as (select * from {{ source("reference", "channel_rules") }}),

    matched as (
        select
            sources.system,
            sources.source_label,
            sources.source_detail,
            sources.source_date,
            case
                when rules.system is not null
                then rules.channel
                when sources.source_label = ''
                then 'Unknown'
                else 'Unmapped'
            end as channel,
            rules.lead_type
        from sources
        left join
            rules
            on sources.system = rules.system
            and sources.source_label = coalesce(rules.source_label, '')
            and (rules.source_detail is null or sources.source_detail = rules.source_detail)
            and {{ in_force("rules", "sources.source_date") }}
        qualify
            row_number() over (
                partition by sources.system, sources.source_label, sources.source_detail, sources.source_date
                order by case when rules.source_detail is null then 1 else 0 end, rules.channel
            )
            = 1
    )

select *
from matched
