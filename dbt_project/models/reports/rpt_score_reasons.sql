-- What is left of a rule's points is capped by the rule, as the score is; the version is the score's own.
with
    points as (select * from {{ ref("fct_score_points") }}),

    scores as (select * from {{ ref("fct_person_scores") }} where is_current)

select
    points.person_id,
    points.score_part,
    points.rule,
    count(*) as times,
    cast(sum(points.points) as double) as points,
    cast(max(points.at_most) as double) as at_most,
    cast(sum(points.points_left) as double) as points_left,
    {{ utc_to_local("max(points.happened_at)", build_zone()) }} as last_local_at
from points
inner join
    scores on points.person_id = scores.person_id and points.agreement_version = scores.agreement_version
group by points.person_id, points.score_part, points.rule
