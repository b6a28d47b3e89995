with
    commitments as (select * from {{ ref("fct_commitments") }} where kind = 'clock'),

    journeys as (select * from {{ ref("fct_journeys") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    build as (select * from {{ ref("dim_build") }})

select
    commitments.commitment_id,
    commitments.commitment,
    commitments.owner_id,
    coalesce(owners.owner_name, '(no owner)') as owner_name,
    journeys.person_id,
    journeys.revenue_stream,
    journeys.lead_type,
    journeys.source_label,
    commitments.started_at,
    commitments.due_at,
    {{ utc_to_local("commitments.due_at", "build.time_zone") }} as due_local_at,
    {{ minutes_between("build.as_of", "commitments.due_at") }} / 60 as hours_left,
    commitments.status
from commitments
cross join build
inner join journeys on commitments.journey_id = journeys.journey_id
left join owners on commitments.owner_id = owners.owner_id
where
    commitments.status in ('pending', 'breached')
    and commitments.stopped_at is null
    and journeys.outcome = 'open'
