-- A grade rises by something that happened, or by another version, and falls by fading: so the grade
-- before is that of the instant before, not of the event before. A1 is the highest, then A2, A3, B1
-- and so on.
with
    versions as (select * from {{ version_of_today() }} as version_of_today),

    grades as (select * from {{ source("agreement", "notification_grades") }}),

    states as (select * from {{ ref("int_scores_over_time") }}),

    -- Those of today's version: notifications are sent today.
    named as (
        select grades.grade
        from grades
        inner join versions on grades.agreement_version = versions.agreement_version
    )

select states.person_id, states.scored_at as rose_at, earlier.grade as grade_before, states.grade
from states
inner join
    states as earlier
    on states.person_id = earlier.person_id
    and states.scored_at = earlier.scored_at
    and earlier.is_before
inner join named on states.grade = named.grade
where not states.is_before and states.grade < earlier.grade
