with
    event_points as (select * from {{ ref("int_event_points") }}),

    matches as (select * from {{ ref("int_score_matches") }} where score_part = 'fit'),

    profiles as (select * from {{ ref("int_person_profiles") }}),

    versions as (select * from {{ ref("int_scoring_versions") }}),

    build as (select * from {{ ref("int_as_of") }}),

    faded as (
        select
            event_points.*,
            versions.half_life_days,
            case
                when versions.is_current
                then
                    cast(
                        event_points.points * power(
                            2,
                            {{ minutes_between("build.as_of", "event_points.happened_at") }}
                            / 1440
                            / versions.half_life_days
                        ) as decimal(28, 12)
                    )
            end as points_faded
        from event_points
        inner join versions on event_points.agreement_version = versions.agreement_version
        cross join build
    ),

    summed as (
        select *, sum(points_faded) over (partition by person_id, agreement_version, rule) as rule_points
        from faded
    )

select
    person_id,
    agreement_version,
    'engagement' as score_part,
    rule,
    event_type,
    event_id,
    happened_at,
    points,
    at_most,
    half_life_days,
    -- Points above a rule's ceiling are taken off its events in equal shares.
    cast(
        case
            when rule_points > at_most
            then points_faded * cast(at_most as double) / cast(rule_points as double)
            else points_faded
        end as decimal(24, 6)
    ) as points_left
from summed
union all
select
    matches.subject_id as person_id,
    matches.agreement_version,
    'fit' as score_part,
    matches.rule,
    null as event_type,
    null as event_id,
    null as happened_at,
    matches.points,
    null as at_most,
    null as half_life_days,
    case when versions.is_current then cast(matches.points as decimal(24, 6)) end as points_left
from matches
inner join versions on matches.agreement_version = versions.agreement_version
inner join profiles on matches.subject_id = profiles.person_id and profiles.created_at < versions.valid_to
