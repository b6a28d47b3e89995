with
    person_activities as (select * from {{ ref("int_person_activities") }}),

    activity_persons as (select * from {{ ref("fct_activity_persons") }}),

    activities as (
        select *
        from person_activities
        qualify row_number() over (partition by activity_id order by person_id) = 1
    ),

    persons as (
        select
            activity_id,
            count(*) as persons,
            -- Of persons in several journeys it belongs to none of them alone.
            case when count(distinct coalesce(journey_id, '')) = 1 then min(journey_id) end as journey_id
        from activity_persons
        group by activity_id
    )

select
    activities.activity_id,
    persons.persons,
    persons.journey_id,
    activities.opportunity_id,
    activities.owner_id,
    activities.activity_type,
    activities.activity_class,
    activities.activity_label,
    activities.is_inbound,
    activities.is_contact,
    activities.outcome_label,
    activities.is_wrong_number,
    activities.happened_at,
    {{ local_date("activities.happened_at") }} as happened_date,
    activities.logged_at
from activities
inner join persons on activities.activity_id = persons.activity_id
