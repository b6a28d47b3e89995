-- The visits and forms of the sites, also of visitors whom nobody knows. A form that the site and a CRM have
-- of one person within a minute is one form.
with
    touchpoints as (
        select
            *,
            case touch_label when 'visit' then 'website_visits' else 'form_submissions' end as measure,
            {{ global_id("system", "touchpoint_record_id") }} as touchpoint_id
        from {{ ref("int_touchpoints") }}
        where touch_label in ('visit', 'form') and {{ until_as_of("touched_at") }}
    ),

    links as (select * from {{ ref("int_person_links") }}),

    journeys as (select * from {{ ref("int_journeys") }}),

    compared as (
        select
            touchpoints.measure,
            touchpoints.touchpoint_id,
            touchpoints.system,
            touchpoints.touched_at,
            links.person_id,
            lag(touchpoints.system) over of_person as system_before,
            lag(touchpoints.touched_at) over of_person as touched_before_at
        from touchpoints
        left join
            links
            on touchpoints.system = links.system
            and touchpoints.person_record_id = links.person_record_id
        where links.exclusion_reason is null
        window
            of_person as (
                partition by touchpoints.measure, links.person_id
                order by touchpoints.touched_at, touchpoints.touchpoint_id
            )
    ),

    counted as (
        select
            *,
            measure = 'form_submissions'
            and person_id is not null
            and system <> coalesce(system_before, system)
            and {{ minutes_between("touched_before_at", "touched_at") }} <= 1 as is_repeated
        from compared
    )

select counted.measure, counted.touchpoint_id, counted.touched_at, journeys.journey_id
from counted
left join
    journeys
    on counted.person_id = journeys.person_id
    and counted.touched_at >= journeys.counts_from
    and counted.touched_at < journeys.counts_to
where not coalesce(counted.is_repeated, false)
