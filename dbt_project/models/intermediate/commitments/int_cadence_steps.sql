{%- set within = " + cast(steps.within_minutes as bigint) * 60000000" -%}
{%- set gap = " + cast(gaps.within_minutes as bigint) * 60000000" -%}
{%- set gap_due_at = from_microseconds(to_microseconds("anchors.latest_at") ~ gap) -%}

-- What a cadence asks for and when: a number of attempts within a time after the start (requirement R10),
-- and the next attempt within a time after each, the start included (R11). No next one is asked for once all
-- are made, after what has stopped the cadence, and where it would fall due after the last step.
with
    cadences as (select * from {{ ref("int_clocks") }} where kind = 'cadence'),

    agreed as (select * from {{ source("agreement", "commitment_steps") }}),

    tries as (select * from {{ ref("int_cadence_attempts") }}),

    stops as (select * from {{ ref("int_cadence_stops") }}),

    steps as (
        select cadences.clock_id, agreed.step, agreed.attempts, agreed.within_minutes
        from cadences
        inner join
            agreed
            on cadences.agreement_version = agreed.agreement_version
            and cadences.commitment = agreed.commitment
            and cadences.tier_number is not distinct from agreed.tier_number
    ),

    gaps as (
        select
            clock_id,
            min(step) filter (where attempts is null) as step,
            min(within_minutes) filter (where attempts is null) as within_minutes,
            max(attempts) as all_attempts,
            max(within_minutes) filter (where attempts is not null) as all_minutes
        from steps
        group by clock_id
        having count(*) > count(attempts)
    ),

    anchors as (
        select clock_id, 0 as attempt_number, started_at as happened_at, latest_started_at as latest_at
        from cadences
        union all
        select clock_id, attempt_number, happened_at, latest_at
        from tries
    ),

    asked as (
        select
            cadences.clock_id,
            steps.step,
            steps.attempts,
            false as is_gap,
            cadences.started_at as asked_at,
            {{ from_microseconds(to_microseconds("cadences.latest_started_at") ~ within) }} as due_at,
            {{ from_microseconds(to_microseconds("cadences.started_at") ~ within) }} as earliest_due_at
        from cadences
        inner join steps on cadences.clock_id = steps.clock_id
        where steps.attempts is not null
        union all
        select
            cadences.clock_id,
            gaps.step,
            anchors.attempt_number + 1 as attempts,
            true as is_gap,
            anchors.happened_at as asked_at,
            {{ gap_due_at }} as due_at,
            {{ from_microseconds(to_microseconds("anchors.happened_at") ~ gap) }} as earliest_due_at
        from cadences
        inner join gaps on cadences.clock_id = gaps.clock_id
        inner join anchors on cadences.clock_id = anchors.clock_id
        left join stops on cadences.clock_id = stops.clock_id
        where
            anchors.attempt_number < gaps.all_attempts
            and {{ to_microseconds(gap_due_at) }}
            <= {{ to_microseconds("cadences.latest_started_at") }}
            + cast(gaps.all_minutes as bigint) * 60000000
            and anchors.happened_at < coalesce(stops.stopped_at, timestamp '9999-12-31')
    )

select
    cadences.clock_id,
    cadences.agreement_version,
    cadences.team,
    cadences.kind,
    {{ commitment_of_tier("cadences.commitment", "cadences.tier") }} || ' ' || asked.step as commitment,
    cadences.tier,
    cadences.own_exit,
    cadences.target_rate,
    cadences.journey_owner_id,
    cadences.journey_id,
    cadences.person_id,
    cadences.revenue_stream,
    cadences.lead_type,
    asked.attempts,
    asked.is_gap,
    asked.asked_at as started_at,
    asked.due_at,
    asked.earliest_due_at
from asked
inner join cadences on asked.clock_id = cadences.clock_id
