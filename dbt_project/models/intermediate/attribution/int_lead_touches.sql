-- A form and the lead that it makes have one instant, and so the touch of that instant counts. A lead whose
-- deal was entered before it came no earlier than the lead.
with
    leads as (
        select journey_id, person_id, greatest(entered_at, coalesce(lead_at, entered_at)) as entered_at
        from {{ ref("int_journeys") }}
    ),

    journeys as (select *, {{ first_instant_after("entered_at") }} as known_at from leads),

    touchpoints as (
        select * from {{ ref("int_person_touchpoints") }} where coalesce(touch_label, '') <> 'machine open'
    ),

    rules as (
        select agreement_version, valid_from, valid_to, max(look_back_days) as look_back_days
        from {{ ref("stg_agreement__attribution") }}
        group by agreement_version, valid_from, valid_to
    ),

    spans as (
        select
            journeys.journey_id,
            journeys.person_id,
            journeys.entered_at,
            journeys.known_at,
            {{ dbt.dateadd("day", "- rules.look_back_days", "journeys.entered_at") }} as counts_from
        from journeys
        inner join rules on {{ in_force_at("rules", "journeys.entered_at") }}
    )

select spans.journey_id, touchpoints.touchpoint_id
from spans
inner join
    touchpoints
    on spans.person_id = touchpoints.person_id
    and touchpoints.touched_at >= spans.counts_from
    and (touchpoints.touched_at < spans.known_at or touchpoints.touched_at = spans.entered_at)
qualify
    row_number() over (
        partition by spans.journey_id order by touchpoints.touched_at desc, touchpoints.touchpoint_id desc
    )
    = 1
