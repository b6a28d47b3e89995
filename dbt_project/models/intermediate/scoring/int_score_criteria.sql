-- A rule reads the score only; what has to come before a stage (`after`) is evidence that the guards ask for.
with
    definitions as (select * from {{ source("agreement", "stages") }}),

    stages as (select * from {{ ref("known_stages") }}),

    grades as (
        select distinct agreement_version, stage
        from {{ source("agreement", "stage_evidence") }}
        where evidence = 'grade'
    )

select
    definitions.agreement_version,
    definitions.stage,
    stages.stage_rank,
    definitions.decided_by,
    definitions.score_at_least,
    grades.stage is not null as has_grades
from definitions
inner join stages on definitions.stage = stages.stage
left join
    grades on definitions.agreement_version = grades.agreement_version and definitions.stage = grades.stage
where definitions.score_at_least is not null or grades.stage is not null
