-- A score rises only by something that happened, and fades between: so whether the criteria were
-- met before is asked of the instant before, not of the event before.
with
    evaluations as (select * from {{ ref("int_stage_criteria_evaluations") }} where is_met),

    met as (select * from evaluations where not is_before),

    met_before as (select * from evaluations where is_before)

select
    'rule:'
    || met.stage
    || ':'
    || met.person_id
    || ':'
    || cast({{ to_microseconds("met.scored_at") }} as string) as crossing_id,
    met.person_id,
    met.stage,
    met.stage_rank,
    met.agreement_version,
    met.decided_by,
    met.scored_at as crossed_at,
    met.score,
    met.grade,
    met.score_at_least,
    met_before.person_id is not null as was_met_before
from met
left join
    met_before
    on met.person_id = met_before.person_id
    and met.stage = met_before.stage
    and met.scored_at = met_before.scored_at
where
    met_before.person_id is null
    -- From this instant on the rule decides.
    or (met.decided_by = 'rule' and met_before.decided_by != 'rule')
