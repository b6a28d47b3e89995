-- Back with marketing: by a recycling, or because the agreement takes silence for one.
with
    journeys as (select * from {{ ref("fct_journeys") }}),

    silent as (select * from {{ ref("fct_handoffs") }} where answer = 'recycled_by_default'),

    persons as (select * from {{ ref("dim_person") }}),

    alerts as (select * from {{ ref("int_lead_alerts") }} where event = 'warmed_up'),

    recycled as (
        select
            journeys.*,
            case when journeys.outcome = 'recycled' then 'recycled' else 'no answer' end as recycled_by,
            case
                when journeys.outcome = 'recycled' then journeys.closed_at else silent.answered_at
            end as recycled_at
        from journeys
        left join silent on journeys.journey_id = silent.journey_id
        where journeys.outcome = 'recycled' or (journeys.outcome = 'open' and silent.journey_id is not null)
    ),

    warmed_up as (
        select recycled.journey_id, max(alerts.occurred_at) as warmed_up_at
        from recycled
        inner join
            alerts on recycled.journey_id = alerts.journey_id and recycled.recycled_at <= alerts.occurred_at
        group by recycled.journey_id
    )

select
    recycled.journey_id,
    recycled.person_id,
    recycled.recycled_by,
    recycled.recycled_at,
    {{ local_date("recycled.recycled_at") }} as recycled_date,
    recycled.outcome_reason,
    recycled.outcome_reason_class,
    {{ local_date("recycled.next_entered_at") }} as returned_date,
    warmed_up.warmed_up_at,
    recycled.next_entered_at is null and persons.deleted_at is null as is_waiting
from recycled
inner join persons on recycled.person_id = persons.person_id
left join warmed_up on recycled.journey_id = warmed_up.journey_id
