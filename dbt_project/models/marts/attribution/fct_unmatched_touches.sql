with
    touchpoints as (select * from {{ ref("int_touchpoints") }} where {{ until_as_of("touched_at") }}),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    names as (select * from {{ ref("int_campaign_names") }}),

    unmatched as (
        select
            touchpoints.system,
            touchpoints.campaign_label,
            {{ click_for_campaign("touchpoints") }} as click_system,
            {{ local_date("touchpoints.touched_at") }} as touched_date
        from touchpoints
        left join
            links
            on touchpoints.system = links.system
            and touchpoints.person_record_id = links.person_record_id
        where links.person_record_id is null
    )

select
    unmatched.system,
    coalesce(names.campaign, '(none)') as campaign,
    cast(date_trunc('month', unmatched.touched_date) as date) as month_date,
    count(*) as unmatched_touches
from unmatched
left join
    names
    on unmatched.system = names.system
    and coalesce(unmatched.campaign_label, '') = names.campaign_label
    and unmatched.click_system = names.click_system
    and unmatched.touched_date = names.name_date
group by 1, 2, 3
