{#- A week, two weeks and a month after the stage was entered; and a quarter for what comes of it. -#}
{%- set landmarks = [7, 14, 30] -%}
{%- set horizon = 90 -%}
{%- set forever = "date '9999-12-31'" -%}
{%- set counts = ["seen", "seen_reached", "unseen", "unseen_reached", "seen_before", "censored"] -%}
{%- set keys = "stage, outcome, comparison, landmark_day" -%}

with
    stays as (select * from {{ ref("fct_stage_stays") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    build as (select * from {{ ref("dim_build") }}),

    -- Sent by sales, or met by the lead itself.
    first_seen as (
        select person_id, content_name, cast(min(happened_local_at) as date) as seen_date
        from {{ ref("fct_timeline") }}
        where content_name is not null and coalesce(event_label, '') <> 'machine open'
        group by person_id, content_name
    ),

    -- Whole days: of two events on one day nobody knows which came first where a system gives dates only.
    timed as (
        select
            stays.person_id,
            stays.stage,
            stays.entered_date,
            coalesce(stays.grade, '(none)') as grade,
            {{ days_apart("stays.entered_date", "stays.next_stage_date") }} as next_stage_day,
            {{ days_apart("stays.entered_date", "stays.customer_date") }} as customer_day,
            {{ days_apart("stays.entered_date", "coalesce(stays.left_date, " ~ forever ~ ")") }} as left_day,
            {{ days_apart("stays.entered_date", "build.as_of_date") }} as followed_days,
            journeys.outcome <> 'open' as has_ended
        from stays
        inner join journeys on stays.journey_id = journeys.journey_id
        cross join build
    ),

    -- Who was still in the stage on the landmark day; and beside it, for all that ended, the comparison that
    -- misleads.
    at_risk as (
        {%- for day in landmarks %}
            select
                timed.*,
                'landmark' as comparison,
                {{ day }} as landmark_day,
                {{ day + horizon }} as until_day,
                followed_days >= {{ day + horizon }} as is_mature
            from timed
            where left_day > {{ day }} and followed_days >= {{ day }}
            union all
        {%- endfor %}
        select
            timed.*,
            'ended paths' as comparison,
            cast(null as integer) as landmark_day,
            followed_days as until_day,
            has_ended as is_mature
        from timed
    ),

    members as (
        select *, 'next stage' as outcome, coalesce(next_stage_day <= until_day, false) as is_reached
        from at_risk
        union all
        select *, 'customer' as outcome, coalesce(customer_day <= until_day, false) as is_reached
        from at_risk
    ),

    strata as (
        select
            {{ keys }},
            grade,
            count(*) filter (where is_mature) as members,
            count(*) filter (where is_mature and is_reached) as reached
        from members
        group by {{ keys }}, grade
    ),

    seen as (
        select
            members.*,
            first_seen.content_name,
            -- On a path that has ended nobody asks when: that is what misleads.
            landmark_day is null or first_seen.seen_date > entered_date as is_new
        from members
        inner join first_seen on members.person_id = first_seen.person_id
        where
            landmark_day is null
            or {{ days_apart("members.entered_date", "first_seen.seen_date") }} <= landmark_day
    ),

    -- Who had seen it before they entered the stage is in neither group.
    seen_strata as (
        select
            content_name,
            {{ keys }},
            grade,
            count(*) filter (where is_mature and is_new) as seen,
            count(*) filter (where is_mature and is_new and is_reached) as seen_reached,
            count(*) filter (where is_mature) as known,
            count(*) filter (where is_mature and is_reached) as known_reached,
            count(*) filter (where is_new and not is_mature) as censored
        from seen
        group by content_name, {{ keys }}, grade
    ),

    groups as (
        select
            seen_strata.*,
            seen_strata.known - seen_strata.seen as seen_before,
            strata.members - seen_strata.known as unseen,
            strata.reached - seen_strata.known_reached as unseen_reached
        from seen_strata
        inner join
            strata
            on seen_strata.stage = strata.stage
            and seen_strata.outcome = strata.outcome
            and seen_strata.comparison = strata.comparison
            and coalesce(seen_strata.landmark_day, 0) = coalesce(strata.landmark_day, 0)
            and seen_strata.grade = strata.grade
    ),

    summed as (
        select
            content_name,
            {{ keys }},
            {%- for count in counts %} cast(sum({{ count }}) as bigint) as {{ count }}, {%- endfor %}
            {{ is_few("least(sum(seen), sum(unseen))") }} as is_few,
            {{ stratified_sums("seen", "seen_reached", "unseen", "unseen_reached") }}
        from groups
        group by content_name, {{ keys }}
    )

select
    content_name,
    stage,
    outcome,
    comparison,
    cast(landmark_day as double) as landmark_days,
    cast(case when landmark_day is not null then {{ horizon }} end as double) as within_days,
    {%- for count in counts %} {{ count }}, {%- endfor %}
    is_few,
    case when not is_few then {{ stratified_rate("weighted_reached") }} end as seen_rate,
    case when not is_few then {{ stratified_rate("weighted_other_reached") }} end as unseen_rate,
    {{ stratified_columns() }}
from summed
