with
    instants as (select * from {{ ref("int_scoring_timestamps") }}),

    versions as (select * from {{ ref("int_scoring_versions") }}),

    engagement as (select * from {{ ref("int_person_engagement") }}),

    fit as (
        select agreement_version, subject_id as person_id, sum(points) as fit_points
        from {{ ref("int_score_matches") }}
        where score_part = 'fit'
        group by agreement_version, subject_id
    ),

    points as (
        select
            instants.person_id,
            instants.agreement_version,
            instants.scored_at,
            instants.is_before,
            cast(coalesce(fit.fit_points, 0) as decimal(24, 6)) as fit_points,
            cast(coalesce(engagement.engagement_points, 0) as decimal(24, 6)) as engagement_points
        from instants
        left join
            fit on instants.person_id = fit.person_id and instants.agreement_version = fit.agreement_version
        left join
            engagement
            on instants.person_id = engagement.person_id
            and instants.agreement_version = engagement.agreement_version
            and instants.scored_at = engagement.scored_at
            and instants.is_before = engagement.is_before
    ),

    parts as (
        select
            points.*,
            versions.fit_weight,
            versions.engagement_weight,
            versions.grade_a_from,
            versions.grade_b_from,
            versions.grade_1_from,
            versions.grade_2_from,
            {{ share_of_cap("points.fit_points", "versions.fit_cap") }} as fit_score,
            {{ share_of_cap("points.engagement_points", "versions.engagement_cap") }} as engagement_score
        from points
        inner join versions on points.agreement_version = versions.agreement_version
    )

select
    person_id,
    agreement_version,
    scored_at,
    is_before,
    fit_points,
    engagement_points,
    fit_score,
    engagement_score,
    cast(
        cast(fit_weight as decimal(9, 6)) * fit_score
        + cast(engagement_weight as decimal(9, 6)) * engagement_score as decimal(9, 4)
    ) as score,
    case when fit_score >= grade_a_from then 'A' when fit_score >= grade_b_from then 'B' else 'C' end || case
        when engagement_score >= grade_1_from then '1' when engagement_score >= grade_2_from then '2' else '3'
    end as grade
from parts
