with states as (select * from {{ ref("int_scores_over_time") }})

select
    person_id,
    agreement_version,
    scored_at,
    fit_points,
    engagement_points,
    fit_score,
    engagement_score,
    score,
    grade
from states
where not is_before
