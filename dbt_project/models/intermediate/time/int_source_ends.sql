-- When a record was last written in each source: a meeting of next week was written when it was booked, a
-- deal when its record was, and the days of a subscription are not such instants. A date after today is a
-- typing error.
with
    opportunities as (select * from {{ ref("int_opportunities") }}),

    meetings as (
        select distinct system, activity_label
        from {{ source("reference", "activity_labels") }}
        where activity_type = 'meeting'
    ),

    -- What somebody of sales did. That a person has unsubscribed, and what no list explains, shows neither
    -- that sales did something nor that it did nothing.
    sales_labels as (
        select distinct system, {{ folded_word("activity_label") }} as activity_label
        from {{ source("reference", "activity_labels") }}
        where activity_type <> 'opt_out'
    ),

    held as (
        select system, activity_label, outcome_label
        from {{ ref("activity_classes") }}
        where outcome_label is not null and activity_class <> 'void'
        union
        select system, activity_label, outcome_label
        from {{ source("reference", "activity_labels") }}
        where outcome_label is not null and activity_class <> 'void'
    ),

    -- A list that has neither for any activity has what took place.
    plain_lists as (
        select system
        from {{ ref("int_activities") }}
        group by system
        having count(logged_at) = 0 and count(outcome_label) = 0
    ),

    -- A meeting may be booked: it was written down when it was logged, or when its outcome was.
    activities as (
        select
            activities.system,
            case when sales_labels.system is not null then 'activities' else 'other_activities' end as entity,
            coalesce(
                activities.logged_at,
                case
                    when meetings.system is null or held.system is not null or plain_lists.system is not null
                    then activities.happened_at
                end
            ) as known_at
        from {{ ref("int_activities") }} as activities
        left join
            sales_labels
            on activities.system = sales_labels.system
            and {{ folded_word("activities.activity_label") }} = sales_labels.activity_label
        left join
            meetings
            on activities.system = meetings.system
            and activities.activity_label = meetings.activity_label
        left join
            held
            on activities.system = held.system
            and activities.activity_label = held.activity_label
            and activities.outcome_label = held.outcome_label
        left join plain_lists on activities.system = plain_lists.system
    ),

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
        -- Many tools date a registration with the day of the event.
        where coalesce(touch_label, '') <> 'event registered'
        union all
        select system, entity, known_at
        from activities
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
        -- Unlike the close date, it is written by the system.
        select system, 'opportunities' as entity, closing_entered_at as known_at
        from opportunities
        union all
        select system, 'revenue' as entity, revenue_at as known_at
        from {{ ref("int_revenue") }}
        where coalesce(exclusion_reason, 'invoice refunded') in ('invoice uncollectible', 'invoice refunded')
        union all
        select system, 'ad_spend' as entity, {{ start_of_date("spend_date") }} as known_at
        from {{ ref("int_ad_spend") }}
        union all
        select system, 'feedback' as entity, given_at as known_at
        from {{ ref("int_feedback") }}
        union all
        select system, 'survey_invitations' as entity, sent_at as known_at
        from {{ ref("int_survey_invitations") }}
        where exclusion_reason is null
        union all
        -- Its closing can be planned.
        select system, 'tickets' as entity, created_at as known_at
        from {{ ref("int_tickets") }}
        union all
        select system, 'tickets' as entity, first_answered_at as known_at
        from {{ ref("int_tickets") }}
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
