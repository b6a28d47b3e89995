-- Events of persons, in the terms of the rules of engagement. Events of one kind (the same six terms) get the
-- same points, so a kind is evaluated once however often it happened.
with
    touchpoints as (select * from {{ ref("int_person_touchpoints") }}),

    activities as (select * from {{ ref("int_person_activities") }} where activity_class <> 'void'),

    events as (
        select
            'touchpoint' as event_type,
            touchpoint_id as event_id,
            person_id,
            touched_at as happened_at,
            touch_label as touch,
            cast(null as string) as activity,
            cast(null as string) as direction,
            nullif(channel, 'Unknown') as channel,
            campaign_label as campaign,
            content_label as content
        from touchpoints
        union all
        select
            'activity' as event_type,
            activity_id as event_id,
            person_id,
            happened_at,
            cast(null as string) as touch,
            activity_type as activity,
            case when is_inbound then 'inbound' else 'outbound' end as direction,
            cast(null as string) as channel,
            cast(null as string) as campaign,
            cast(null as string) as content
        from activities
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
