with
    touchpoints as (select * from {{ ref("int_touchpoints") }} where {{ until_as_of("touched_at") }}),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    channels as (select * from {{ ref("int_source_channels") }}),

    identified as (
        select
            {{ global_id("touchpoints.system", "touchpoints.touchpoint_record_id") }} as touchpoint_id,
            touchpoints.system,
            links.person_id,
            touchpoints.touched_at,
            channels.channel,
            coalesce(touchpoints.source_label, '(missing)') as source_label,
            touchpoints.campaign_label,
            touchpoints.content_label,
            touchpoints.touch_label
        from touchpoints
        inner join
            links
            on touchpoints.system = links.system
            and touchpoints.person_record_id = links.person_record_id
        left join
            channels
            on touchpoints.system = channels.system
            and coalesce(touchpoints.source_label, '') = channels.source_label
            and coalesce(touchpoints.source_detail, '') = channels.source_detail
            and {{ local_date("touchpoints.touched_at") }} = channels.source_date
    )

-- The order is stored once, so that no later question has to sort all touches again.
select
    touchpoint_id,
    system,
    person_id,
    cast(row_number() over person_order as integer) as touch_number,
    touched_at,
    lag(channel) over person_order as previous_channel,
    channel,
    source_label,
    campaign_label,
    content_label,
    touch_label
from identified
window person_order as (partition by person_id order by touched_at, touchpoint_id)
