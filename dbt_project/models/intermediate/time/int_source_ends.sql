-- When a record was last written in each source: a meeting of next week was written when it was booked, a
-- deal when its record was, and the days of a subscription are not such instants. A date after today is a
-- typing error.
with
    opportunities as (select * from {{ ref("int_opportunities") }}),

    -- The end of a deal is recorded as a stage too, with a date that somebody typed.
    stage_changes as (
        select changes.*
        from {{ ref("int_stage_changes") }} as changes
        left join
            opportunities
            on changes.system = opportunities.system
            and changes.opportunity_record_id = opportunities.opportunity_record_id
        where
            opportunities.closed_at is null
            or changes.changed_at < opportunities.closed_at
            or changes.changed_at <= opportunities.recorded_at
            or changes.changed_at <= opportunities.closing_entered_at
    ),

    instants as (
        select system, 'persons' as entity, created_at as known_at
        from {{ ref("int_persons") }}
        union all
        select system, 'touchpoints' as entity, touched_at as known_at
        from {{ ref("int_touchpoints") }}
        union all
        select system, 'activities' as entity, coalesce(logged_at, happened_at) as known_at
        from {{ ref("int_activities") }}
        union all
        select system, 'stage_changes' as entity, changed_at as known_at
        from stage_changes
        union all
        select system, 'owner_changes' as entity, changed_at as known_at
        from {{ ref("int_owner_changes") }}
        union all
        select system, 'opportunities' as entity, created_at as known_at
        from opportunities
        union all
        select system, 'opportunities' as entity, recorded_at as known_at
        from opportunities
        union all
        select system, 'revenue' as entity, revenue_at as known_at
        from {{ ref("int_revenue") }}
        union all
        select system, 'ad_spend' as entity, {{ start_of_date("spend_date") }} as known_at
        from {{ ref("int_ad_spend") }}
        union all
        select system, 'feedback' as entity, given_at as known_at
        from {{ ref("int_feedback") }}
        union all
        select system, 'documents' as entity, sent_at as known_at
        from {{ ref("int_documents") }}
    ),

    dated as (
        select *, case when known_at <= cast(current_timestamp as timestamp) then known_at end as written_at
        from instants
    )

select
    system,
    entity,
    min(written_at) as first_at,
    max(written_at) as last_at,
    -- One midnight is a time like others; nothing but midnights are dates.
    max(case when not {{ is_midnight("written_at") }} then 1 else 0 end) = 1 as has_times
from dated
group by system, entity
