-- Under the names that all facts have: of a cadence each step, and of one with tiers each tier, on its own.
with
    commitments as (select * from {{ source("agreement", "commitments") }}),

    steps as (select * from {{ source("agreement", "commitment_steps") }}),

    versions as (select * from {{ ref("dim_agreement") }})

select
    commitments.agreement_version,
    versions.effective_from,
    {{ commitment_of_tier("commitments.commitment", "commitments.tier") }}
    || coalesce(' ' || steps.step, '') as commitment,
    {{ commitment_of_tier("commitments.commitment_name", "commitments.tier") }}
    || coalesce(' ' || steps.step, '') as commitment_name,
    commitments.team,
    commitments.kind,
    commitments.clock_start,
    commitments.until_stage,
    coalesce(steps.within_minutes, commitments.within_minutes) / cast(60 as double) as within_hours,
    cast(steps.attempts as bigint) as attempts,
    commitments.clock_type,
    commitments.calendar,
    commitments.calendar_of,
    commitments.target_rate,
    commitments.period,
    commitments.credit_rate
from commitments
left join
    steps
    on commitments.agreement_version = steps.agreement_version
    and commitments.commitment = steps.commitment
    and commitments.tier_number is not distinct from steps.tier_number
left join versions on commitments.agreement_version = versions.agreement_version
