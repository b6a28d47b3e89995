with
    touchpoints as (select * from {{ ref("fct_touchpoints") }}),

    activities as (select * from {{ ref("fct_activities") }}),

    activity_persons as (select * from {{ ref("fct_activity_persons") }}),

    documents as (select * from {{ ref("fct_documents") }}),

    transitions as (select * from {{ ref("fct_stage_transitions") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    touches as (
        select
            'touch:' || touchpoint_id as event_id,
            'touch' as kind,
            1 as kind_order,
            person_id,
            cast(null as string) as owner_id,
            touched_at as happened_at,
            touch_label as title,
            concat_ws(
                ', ', channel, source_label, campaign_label, nullif(content_label, campaign_label)
            ) as detail
        from touchpoints
        where person_id is not null
    ),

    stage_entries as (
        select
            'stage:' || stage_transition_id as event_id,
            'stage' as kind,
            2 as kind_order,
            person_id,
            owner_id,
            entered_at as happened_at,
            stage as title,
            case
                when is_left_again then concat_ws(', ', 'left again', reason_label) else reason_label
            end as detail
        from transitions
    ),

    -- Documents among the activities come from fct_documents, which knows which document it was.
    worked as (
        select
            'activity:' || activities.activity_id || ':' || activity_persons.person_id as event_id,
            case when is_inbound then 'inbound activity' else 'activity' end as kind,
            3 as kind_order,
            activity_persons.person_id,
            owner_id,
            happened_at,
            coalesce(activity_label, activity_type) as title,
            outcome_label as detail
        from activities
        inner join activity_persons on activities.activity_id = activity_persons.activity_id
        where activity_type <> 'document'
    ),

    sent as (
        select
            'sent:' || document_id as event_id,
            'document sent' as kind,
            4 as kind_order,
            person_id,
            owner_id,
            sent_at as happened_at,
            document_label as title,
            cast(null as string) as detail
        from documents
        where person_id is not null and sent_at is not null
    ),

    opened as (
        select
            'opened:' || document_id as event_id,
            'document opened' as kind,
            5 as kind_order,
            person_id,
            cast(null as string) as owner_id,
            first_opened_at as happened_at,
            document_label as title,
            cast(null as string) as detail
        from documents
        where person_id is not null and first_opened_at is not null
    ),

    events as (
        select *
        from touches
        union all
        select *
        from stage_entries
        union all
        select *
        from worked
        union all
        select *
        from sent
        union all
        select *
        from opened
    )

select
    events.event_id,
    events.person_id,
    row_number() over (
        partition by events.person_id order by events.happened_at, events.kind_order, events.event_id
    ) as event_number,
    journeys.journey_id,
    events.kind,
    events.happened_at,
    {{ utc_to_local("events.happened_at", build_zone()) }} as happened_local_at,
    events.title,
    events.detail,
    owners.owner_name
from events
left join
    journeys
    on events.person_id = journeys.person_id
    and events.happened_at >= journeys.entered_at
    and events.happened_at < coalesce(journeys.next_entered_at, timestamp '9999-12-31 00:00:00')
left join owners on events.owner_id = owners.owner_id
