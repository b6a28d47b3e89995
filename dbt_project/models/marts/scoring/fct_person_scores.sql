with scores as (select * from {{ ref("int_person_scores") }}), build as (select * from {{ ref("int_as_of") }})

select
    scores.person_id,
    scores.scored_at,
    lead(scores.scored_at) over (partition by scores.person_id order by scores.scored_at) as next_scored_at,
    scores.scored_at = build.as_of as is_current,
    scores.agreement_version,
    scores.fit_points,
    scores.engagement_points,
    scores.fit_score,
    scores.engagement_score,
    scores.score,
    scores.grade,
    {{ local_date("scores.scored_at") }} as scored_date,
    {{ score_band("scores.score") }} as score_band
from scores
cross join build
