with
    cadences as (select * from {{ ref("int_clocks") }} where kind = 'cadence'),

    steps as (select * from {{ ref("int_cadence_statuses") }}),

    attempts as (
        select clock_id, count(*) as attempts, max(happened_at) as last_attempt_at
        from {{ ref("int_cadence_attempts") }}
        group by clock_id
    ),

    next_steps as (
        select
            clock_id,
            min(due_at) as next_due_at,
            cast(min_by(target - actual, due_at) as bigint) as attempts_left
        from steps
        where status = 'open'
        group by clock_id
    )

select
    cadences.clock_id as cadence_id,
    cadences.agreement_version,
    cadences.team,
    {{ commitment_of_tier("cadences.commitment", "cadences.tier") }} as commitment,
    cadences.tier,
    cadences.journey_owner_id as owner_id,
    cadences.journey_id,
    cadences.revenue_stream,
    cadences.lead_type,
    cadences.started_at,
    cast(coalesce(attempts.attempts, 0) as bigint) as attempts,
    attempts.last_attempt_at,
    next_steps.clock_id is not null as is_running,
    next_steps.next_due_at,
    next_steps.attempts_left
from cadences
left join attempts on cadences.clock_id = attempts.clock_id
left join next_steps on cadences.clock_id = next_steps.clock_id
