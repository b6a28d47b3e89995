with touchpoints as (select * from {{ ref("int_person_touchpoints") }})

-- The order is stored once, so that no later question has to sort all touches again.
select
    touchpoint_id,
    system,
    person_id,
    cast(row_number() over person_order as integer) as touch_number,
    touched_at,
    lag(channel) over person_order as previous_channel,
    channel,
    channel_rule,
    coalesce(source_label, '(missing)') as source_label,
    campaign_label,
    content_label,
    touch_label
from touchpoints
window person_order as (partition by person_id order by touched_at, touchpoint_id)
