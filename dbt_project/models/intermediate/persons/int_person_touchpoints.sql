-- Touches of known persons, with the channel of their source by the rules of that day. Of the website a CRM
-- has the first and latest visit and forms: they count where the system of the website has not got them.
with
    touchpoints as (select * from {{ ref("int_touchpoints") }} where {{ until_as_of("touched_at") }}),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    channels as (select * from {{ ref("int_source_channels") }}),

    names as (select * from {{ ref("int_campaign_names") }}),

    websites as (select distinct system from touchpoints where touch_label = 'visit'),

    of_persons as (
        select
            touchpoints.*,
            {{ global_id("touchpoints.system", "touchpoints.touchpoint_record_id") }} as touchpoint_id,
            links.person_id,
            websites.system is not null as is_of_website,
            case
                when websites.system is null and touchpoints.touch_label in ('first visit', 'latest visit')
                then 'visit'
                when websites.system is null and touchpoints.touch_label in ('first form', 'form')
                then 'form'
            end as copy_of
        from touchpoints
        inner join
            links
            on touchpoints.system = links.system
            and touchpoints.person_record_id = links.person_record_id
        left join websites on touchpoints.system = websites.system
    ),

    -- Of the same visit or form the two systems may differ by some minutes; of several forms each is one.
    near as (
        select
            copies.touchpoint_id,
            max(
                case
                    when
                        website.touch_label = copies.copy_of
                        and abs({{ minutes_between("website.touched_at", "copies.touched_at") }})
                        <= case when copies.touch_label = 'form' then 1 else 30 end
                    then 1
                    else 0
                end
            )
            = 1 as is_again,
            max(
                case
                    when
                        copies.copy_of = 'form'
                        and website.touch_label = 'visit'
                        and website.touched_at < copies.touched_at
                    then 1
                    else 0
                end
            )
            = 1 as is_in_session
        from of_persons as copies
        inner join of_persons as website on copies.person_id = website.person_id
        where
            copies.copy_of is not null
            and website.is_of_website
            and abs({{ minutes_between("website.touched_at", "copies.touched_at") }}) <= 30
        group by copies.touchpoint_id
    )

select
    touchpoints.touchpoint_id,
    touchpoints.system,
    touchpoints.person_id,
    touchpoints.touched_at,
    channels.channel,
    channels.channel_rule,
    touchpoints.source_label,
    touchpoints.campaign_label,
    names.campaign,
    names.campaign_rule,
    touchpoints.content_label,
    touchpoints.touch_label,
    coalesce(near.is_in_session, false) as is_in_session
from of_persons as touchpoints
left join near on touchpoints.touchpoint_id = near.touchpoint_id
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
where not coalesce(near.is_again, false)
