-- What persons did, in the words that the rules of engagement speak. Events of one kind (the same six words)
-- get the same points, so a kind is judged once however often it happened.
with
    touchpoints as (select * from {{ ref("int_person_touchpoints") }}),

    activities as (select * from {{ ref("int_activities") }} where {{ until_as_of("happened_at") }}),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    labels as (select * from {{ ref("stg_reference__activity_labels") }}),

    events as (
        select
            'touchpoint' as event_type,
            touchpoint_id as event_id,
            person_id,
            touched_at as happened_at,
            touch_label as touch,
            cast(null as varchar) as activity,
            cast(null as varchar) as direction,
            nullif(channel, 'Unknown') as channel,
            campaign_label as campaign,
            content_label as content
        from touchpoints
        union all
        select
            'activity' as event_type,
            {{ global_id("activities.system", "activities.activity_record_id") }} as event_id,
            links.person_id,
            activities.happened_at,
            cast(null as varchar) as touch,
            labels.activity_type as activity,
            case when activities.is_inbound then 'inbound' else 'outbound' end as direction,
            cast(null as varchar) as channel,
            cast(null as varchar) as campaign,
            cast(null as varchar) as content
        from activities
        inner join
            links on activities.system = links.system and activities.person_record_id = links.person_record_id
        inner join
            labels
            on activities.system = labels.system
            and activities.activity_label = labels.activity_label
            and {{ in_force("labels", local_date("activities.happened_at")) }}
    )

select
    *,
    {{
        hash_text(
            "coalesce(touch, '') || chr(31) || coalesce(activity, '') || chr(31) || coalesce(direction, '') || chr(31)"
            ~ " || coalesce(channel, '') || chr(31) || coalesce(campaign, '') || chr(31) || coalesce(content, '')"
        )
    }}
    as event_kind_id
from events
