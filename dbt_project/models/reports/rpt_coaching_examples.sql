-- Per owner and month: the commitments kept best and those missed by most, three each of every kind of
-- commitment.
with
    commitments as (
        select *
        from {{ ref("fct_commitments") }}
        where kind = 'clock' and status in ('kept', 'missed') and owner_id is not null
    ),

    journeys as (select * from {{ ref("fct_journeys") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    build as (select * from {{ ref("dim_build") }}),

    -- What is still outstanding is late up to the as-of.
    timed as (
        select
            commitments.*,
            case when commitments.status = 'kept' then 'good' else 'missed' end as example,
            {{ minutes_between("commitments.started_at", "coalesce(commitments.stopped_at, build.as_of)") }}
            / 60 as taken_hours,
            {{ minutes_between("commitments.due_at", "coalesce(commitments.stopped_at, build.as_of)") }}
            / 60 as over_hours
        from commitments
        cross join build
        -- A lead that was in contact before the clock started gives no example to learn from.
        where commitments.status = 'missed' or commitments.stopped_at is not null
    ),

    ranked as (
        select
            *,
            row_number() over (
                partition by owner_id, month_date, commitment, example
                order by case when example = 'good' then taken_hours else - over_hours end, commitment_id
            ) as example_number
        from timed
    )

select
    ranked.month_date,
    ranked.owner_id,
    owners.owner_name,
    ranked.commitment,
    ranked.example,
    cast(ranked.example_number as integer) as example_number,
    ranked.commitment_id,
    ranked.journey_id,
    journeys.person_id,
    journeys.source_label,
    journeys.lead_type,
    ranked.started_at,
    ranked.due_at,
    ranked.stopped_at,
    ranked.taken_hours,
    ranked.over_hours
from ranked
inner join journeys on ranked.journey_id = journeys.journey_id
left join owners on ranked.owner_id = owners.owner_id
where ranked.example_number <= 3
