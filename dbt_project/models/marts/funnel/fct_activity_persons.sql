with
    activities as (select * from {{ ref("int_person_activities") }}),

    journeys as (select * from {{ ref("int_journeys") }})

select activities.activity_id, activities.person_id, journeys.journey_id
from activities
left join
    journeys
    on activities.person_id = journeys.person_id
    and activities.happened_at >= journeys.counts_from
    and activities.happened_at < journeys.counts_to
