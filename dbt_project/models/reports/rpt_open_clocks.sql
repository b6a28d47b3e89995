with
    commitments as (select * from {{ ref("fct_commitments") }}),

    -- A lead that silence has sent back to marketing is not outstanding for sales any more; missed it stays.
    sent_back as (select * from {{ ref("fct_handoffs") }} where answer = 'recycled_by_default'),

    journeys as (
        select journeys.*
        from {{ ref("fct_journeys") }} as journeys
        left join sent_back on journeys.journey_id = sent_back.journey_id
        where sent_back.journey_id is null
    ),

    owners as (select * from {{ ref("dim_owner") }}),

    build as (select * from {{ ref("dim_build") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    running as (select * from {{ ref("fct_cadences") }} where is_running),

    -- Of each running cadence, named before its tier and step, the first step without all its attempts.
    outstanding as (
        select commitments.*, cast(commitments.target - running.attempts as bigint) as attempts_left
        from commitments
        left join
            running
            on case when commitments.kind = 'cadence' then commitments.journey_id end = running.journey_id
            and {{ dbt.split_part("commitments.commitment", "' '", 1) }}
            = {{ dbt.split_part("running.commitment", "' '", 1) }}
        where
            (
                commitments.kind = 'clock'
                and commitments.status in ('open', 'missed')
                and commitments.stopped_at is null
            )
            or (commitments.status <> 'not_evaluated' and commitments.target > running.attempts)
        qualify
            commitments.kind = 'clock'
            or row_number() over (
                partition by running.cadence_id order by commitments.due_at, commitments.commitment_id
            )
            = 1
    ),

    timed as (
        select
            outstanding.*,
            {{ utc_to_local("outstanding.due_at", build_zone()) }} as due_local_at,
            {{ minutes_between("build.as_of", "outstanding.due_at") }} / 60 as hours_left,
            {{ is_bare_date(utc_to_local("outstanding.started_at", build_zone())) }} as is_by_day,
            build.as_of_date
        from outstanding
        cross join build
    ),

    placed as (
        select
            timed.commitment_id,
            timed.kind,
            timed.commitment,
            timed.team,
            journeys.owner_id,
            coalesce(owners.owner_name, '(no owner)') as owner_name,
            journeys.person_id,
            timed.journey_id,
            journeys.stage,
            journeys.revenue_stream,
            journeys.lead_type,
            journeys.source_label,
            timed.calendar,
            timed.started_at,
            timed.due_at,
            timed.due_local_at,
            timed.hours_left,
            -- A clock that started on a day is due until the end of one.
            case
                when timed.is_by_day
                then
                    {{
                        days_apart(
                            "timed.as_of_date",
                            "cast("
                            ~ from_microseconds(to_microseconds("timed.due_local_at") ~ " - 1")
                            ~ " as date)",
                        )
                    }}
            end as days_left,
            timed.attempts_left,
            timed.status,
            case
                when timed.kind = 'cadence' and cast(timed.due_local_at as date) = timed.as_of_date
                then 'cadence today'
                when timed.status = 'missed' and timed.hours_left < - versions.abandon_after_days * 24
                then versions.abandoned_to
                when timed.status = 'missed'
                then 'overdue'
                when timed.status_reason = 'not known yet'
                then 'not known yet'
                when timed.hours_left <= 24
                then 'due in 24 hours'
                else 'due later'
            end as urgency
        from timed
        inner join journeys on timed.journey_id = journeys.journey_id
        left join owners on journeys.owner_id = owners.owner_id
        left join versions on timed.agreement_version = versions.agreement_version
        where journeys.outcome = 'open'
    ),

    counted as (
        select
            *,
            count(*) over (partition by urgency, owner_id) as promises,
            min(abs(hours_left)) over (partition by urgency, owner_id) as nearest_hours
        from placed
    )

-- The owner who must act soonest comes first; of what was missed, the owner with the most.
select
    commitment_id,
    kind,
    commitment,
    team,
    owner_id,
    owner_name,
    person_id,
    journey_id,
    stage,
    revenue_stream,
    lead_type,
    source_label,
    calendar,
    started_at,
    due_at,
    due_local_at,
    hours_left,
    days_left,
    attempts_left,
    status,
    urgency,
    row_number() over (partition by urgency, owner_id order by abs(hours_left), commitment_id) as place,
    dense_rank() over (
        partition by urgency
        order by
            case when urgency in ('overdue', 'backlog', 'rework') then - promises else nearest_hours end,
            owner_name,
            owner_id nulls last
    ) as owner_place
from counted
