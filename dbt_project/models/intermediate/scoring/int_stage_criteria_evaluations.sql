with
    states as (select * from {{ ref("int_scores_over_time") }}),

    criteria as (select * from {{ ref("int_score_criteria") }}),

    grades as (select * from {{ source("agreement", "stage_evidence") }} where evidence = 'grade')

select
    states.person_id,
    states.agreement_version,
    states.scored_at,
    states.is_before,
    states.score,
    states.grade,
    criteria.stage,
    criteria.stage_rank,
    criteria.decided_by,
    criteria.score_at_least,
    states.score >= coalesce(criteria.score_at_least, 0)
    and (not criteria.has_grades or grades.value is not null) as is_met
from states
inner join criteria on states.agreement_version = criteria.agreement_version
left join
    grades
    on criteria.agreement_version = grades.agreement_version
    and criteria.stage = grades.stage
    and states.grade = grades.value
