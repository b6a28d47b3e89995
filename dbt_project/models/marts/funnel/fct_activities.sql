with
    activities as (select * from {{ ref("int_person_activities") }}),

    journeys as (select * from {{ ref("int_journeys") }})

select
    activities.activity_id,
    activities.person_id,
    journeys.journey_id,
    activities.opportunity_id,
    activities.owner_id,
    activities.activity_type,
    activities.activity_label,
    activities.is_inbound,
    activities.is_contact,
    activities.outcome_label,
    activities.happened_at,
    {{ local_date("activities.happened_at") }} as happened_date,
    activities.logged_at
from activities
left join
    journeys
    on activities.person_id = journeys.person_id
    and activities.happened_at >= journeys.counts_from
    and activities.happened_at < journeys.counts_to
