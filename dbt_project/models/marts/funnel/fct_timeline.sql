with
    touchpoints as (select * from {{ ref("fct_touchpoints") }}),

    activities as (select * from {{ ref("fct_activities") }}),

    activity_persons as (select * from {{ ref("fct_activity_persons") }}),

    documents as (select * from {{ ref("fct_documents") }}),

    transitions as (select * from {{ ref("fct_stage_transitions") }}),

    journeys as (select * from {{ ref("int_journeys") }}),

    events as (
        select
            'touch:' || touchpoint_id as event_id,
            'touch' as kind,
            1 as kind_order,
            person_id,
            cast(null as string) as journey_id,
            cast(null as string) as owner_id,
            touched_at as happened_at,
            'inbound' as direction,
            touch_label as event_label,
            channel,
            concat_ws(', ', source_label, campaign_label, nullif(content_label, campaign_label)) as detail,
            cast(null as string) as activity_class,
            content_name
        from touchpoints
        union all
        -- A stage belongs to the journey that entered it, even if it bears another's date.
        select
            'stage:' || stage_transition_id as event_id,
            'stage' as kind,
            2 as kind_order,
            person_id,
            journey_id,
            owner_id,
            entered_at as happened_at,
            null as direction,
            stage as event_label,
            null as channel,
            case
                when is_left_again then concat_ws(', ', 'left again', reason_label) else reason_label
            end as detail,
            null as activity_class,
            null as content_name
        from transitions
        union all
        -- Documents among the activities come from fct_documents, which knows which document it was.
        select
            'activity:' || activities.activity_id || ':' || activity_persons.person_id as event_id,
            'activity' as kind,
            3 as kind_order,
            activity_persons.person_id,
            activity_persons.journey_id,
            activities.owner_id,
            activities.happened_at,
            case when activities.is_inbound then 'inbound' else 'outbound' end as direction,
            coalesce(activities.activity_label, activities.activity_type) as event_label,
            null as channel,
            activities.outcome_label as detail,
            activities.activity_class,
            null as content_name
        from activities
        inner join activity_persons on activities.activity_id = activity_persons.activity_id
        where activities.activity_type <> 'document'
        union all
        select
            'sent:' || document_id as event_id,
            'document sent' as kind,
            4 as kind_order,
            person_id,
            null as journey_id,
            owner_id,
            sent_at as happened_at,
            'outbound' as direction,
            document_label as event_label,
            null as channel,
            null as detail,
            null as activity_class,
            content_name
        from documents
        where person_id is not null and sent_at is not null
        union all
        select
            'opened:' || document_id as event_id,
            'document opened' as kind,
            5 as kind_order,
            person_id,
            null as journey_id,
            null as owner_id,
            first_opened_at as happened_at,
            'inbound' as direction,
            document_label as event_label,
            null as channel,
            null as detail,
            null as activity_class,
            content_name
        from documents
        where person_id is not null and first_opened_at is not null
    )

select
    events.event_id,
    events.person_id,
    journeys.journey_id,
    row_number() over (
        partition by events.person_id order by events.happened_at, events.kind_order, events.event_id
    ) as event_number,
    events.kind,
    events.happened_at,
    {{ utc_to_local("events.happened_at", company_zone()) }} as happened_local_at,
    events.direction,
    events.event_label,
    events.channel,
    events.detail,
    events.activity_class,
    events.content_name,
    events.owner_id,
    events.happened_at < journeys.mql_at as is_before_mql,
    events.happened_at < journeys.customer_at as is_before_customer
from events
left join
    journeys as by_time
    on events.person_id = by_time.person_id
    and events.happened_at >= by_time.counts_from
    and events.happened_at < by_time.counts_to
left join journeys on coalesce(events.journey_id, by_time.journey_id) = journeys.journey_id
