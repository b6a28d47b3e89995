{#-
    Points of an event are stored as their value at the end of the version, 2 ^ -(half-lives until then), summed in order of
    time, and read at an instant by the inverse. Both powers are moved by 950 and end at 1,900 half-lives (36 years
    of the shortest one that an agreement may have), so that no date, however wrong, leaves the range of a double.
-#}
{%- set exponent -%}
    950 + greatest(-1900, {{ minutes_between("versions.counted_until", "steps.happened_at") }} / 1440 / versions.half_life_days)
{%- endset -%}
with
    versions as (
        select
            scoring_versions.agreement_version,
            scoring_versions.half_life_days,
            least(scoring_versions.valid_to, build.as_of) as counted_until
        from {{ ref("int_scoring_versions") }} as scoring_versions
        cross join {{ ref("int_as_of") }} as build
    ),

    event_points as (
        -- A rule with a ceiling is summed on its own; all others together.
        select *, case when at_most is null then '' else rule end as rule_group
        from {{ ref("int_event_points") }}
    ),

    instants as (select * from {{ ref("int_scoring_timestamps") }}),

    person_groups as (select distinct person_id, agreement_version, rule_group, at_most from event_points),

    -- At one instant: the state before, what happens, the state after.
    steps as (
        select person_id, agreement_version, rule_group, happened_at, 2 as place, points
        from event_points
        union all
        select
            instants.person_id,
            instants.agreement_version,
            person_groups.rule_group,
            instants.scored_at as happened_at,
            case when instants.is_before then 1 else 3 end as place,
            0 as points
        from instants
        inner join
            person_groups
            on instants.person_id = person_groups.person_id
            and instants.agreement_version = person_groups.agreement_version
    ),

    weighted as (
        select
            steps.person_id,
            steps.agreement_version,
            steps.rule_group,
            steps.happened_at,
            steps.place,
            {{ exponent }} as exponent,
            sum(steps.points) as points
        from steps
        inner join versions on steps.agreement_version = versions.agreement_version
        group by all
    ),

    summed as (
        select
            *,
            power(2, - exponent) * sum(cast(points as double) * power(2, exponent)) over (
                partition by person_id, agreement_version, rule_group
                order by happened_at, place
                rows between unbounded preceding and current row
            ) as points_left
        from weighted
    )

select
    summed.person_id,
    summed.agreement_version,
    summed.happened_at as scored_at,
    summed.place = 1 as is_before,
    -- Sums of doubles depend on their order; from here on all is decimal.
    sum(
        least(cast(summed.points_left as decimal(24, 6)), coalesce(person_groups.at_most, 999999999))
    ) as engagement_points
from summed
inner join
    person_groups
    on summed.person_id = person_groups.person_id
    and summed.agreement_version = person_groups.agreement_version
    and summed.rule_group = person_groups.rule_group
where summed.place != 2
group by summed.person_id, summed.agreement_version, summed.happened_at, summed.place
