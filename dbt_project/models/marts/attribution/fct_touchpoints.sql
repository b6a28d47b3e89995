with
    touchpoints as (select * from {{ ref("int_person_touchpoints") }}),

    content_names as (select * from {{ ref("int_content_names") }})

-- The order is stored once, so that no later question has to sort all touches again.
select
    touchpoints.touchpoint_id,
    touchpoints.system,
    touchpoints.person_id,
    cast(row_number() over person_order as integer) as touch_number,
    touchpoints.touched_at,
    lag(touchpoints.channel) over person_order as previous_channel,
    touchpoints.channel,
    touchpoints.channel_rule,
    coalesce(touchpoints.source_label, '(missing)') as source_label,
    touchpoints.campaign_label,
    touchpoints.campaign,
    touchpoints.campaign_rule,
    touchpoints.content_label,
    content_names.content_name,
    content_names.content_kind,
    content_names.content_stage,
    content_names.content_persona,
    touchpoints.touch_label
from touchpoints
left join
    content_names
    on touchpoints.system = content_names.system
    and touchpoints.content_label = content_names.name
    and {{ local_date("touchpoints.touched_at") }} = content_names.content_date
window
    person_order as (
        partition by touchpoints.person_id order by touchpoints.touched_at, touchpoints.touchpoint_id
    )
