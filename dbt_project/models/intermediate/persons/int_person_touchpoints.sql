-- Touches of known persons, with the channel of their source by the rules of that day.
with
    touchpoints as (select * from {{ ref("int_touchpoints") }} where {{ until_as_of("touched_at") }}),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    channels as (select * from {{ ref("int_source_channels") }}),

    names as (select * from {{ ref("int_campaign_names") }})

select
    {{ global_id("touchpoints.system", "touchpoints.touchpoint_record_id") }} as touchpoint_id,
    touchpoints.system,
    links.person_id,
    touchpoints.touched_at,
    channels.channel,
    channels.channel_rule,
    touchpoints.source_label,
    touchpoints.campaign_label,
    names.campaign,
    names.campaign_rule,
    touchpoints.content_label,
    touchpoints.touch_label
from touchpoints
inner join
    links on touchpoints.system = links.system and touchpoints.person_record_id = links.person_record_id
left join
    channels
    on touchpoints.system = channels.system
    and coalesce(touchpoints.source_label, '') = channels.source_label
    and coalesce(touchpoints.source_detail, '') = channels.source_detail
    and {{ local_date("touchpoints.touched_at") }} = channels.source_date
left join
    names
    on touchpoints.system = names.system
    and coalesce(touchpoints.campaign_label, '') = names.campaign_label
    and {{ click_for_campaign("touchpoints") }} = names.click_system
    and {{ local_date("touchpoints.touched_at") }} = names.name_date
