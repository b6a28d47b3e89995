-- What became, day after day, of the journeys that entered a stage in a period.
with
    pairs as (select * from {{ ref("fct_stage_conversions") }}),

    build as (select * from {{ ref("dim_build") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    unexplained as (
        select distinct journey_id from {{ ref("fct_opportunities") }} where is_new_business is null
    ),

    step_times as ({{ step_times("pairs") }}),

    evaluated as (
        select
            coalesce(pairs.revenue_stream, '(none)') as revenue_stream,
            coalesce(pairs.lead_type, '(none)') as lead_type,
            pairs.from_stage,
            pairs.to_stage,
            pairs.entered_date,
            pairs.reached_date,
            step_times.horizon_days,
            step_times.within_horizon_rate,
            greatest(
                {{ days_apart("pairs.entered_date", "coalesce(pairs.reached_date, build.as_of_date)") }}, 0
            ) as followed_days,
            -- An older member has had the time that nine in ten conversions took. A deal that nobody has
            -- explained may be the step that is missing.
            (pairs.reached_date is null and unexplained.journey_id is not null)
            or (
                pairs.is_open
                and {{ days_apart("pairs.entered_date", "build.as_of_date") }}
                <= coalesce(step_times.p90_days, 1000000)
            ) as is_undecided
        from pairs
        cross join build
        left join unexplained on pairs.journey_id = unexplained.journey_id
        left join step_times on {{ same_step("pairs", "step_times") }}
    ),

    in_periods as (
        {% call by_review_period("evaluated", "entered_date", "build", "versions") %}
            dated.revenue_stream,
            dated.lead_type,
            dated.from_stage,
            dated.to_stage,
            dated.horizon_days,
            dated.within_horizon_rate,
            dated.followed_days,
            dated.reached_date,
            dated.is_undecided
        {% endcall %}
    ),

    days as (
        select
            {{ review_columns() }},
            revenue_stream,
            lead_type,
            from_stage,
            to_stage,
            horizon_days,
            within_horizon_rate,
            followed_days,
            review_period
            || '|'
            || period_from
            || '|'
            || revenue_stream
            || '|'
            || lead_type
            || '|'
            || from_stage
            || '|'
            || to_stage as cohort_id,
            count(*) as members,
            count(reached_date) as reached,
            count(*) filter (where is_undecided) as undecided
        from in_periods
        group by all
    ),

    steps as ({{ incidence_steps("days") }})

select
    cohort_id,
    {{ review_columns() }},
    revenue_stream,
    lead_type,
    from_stage,
    to_stage,
    cast(coalesce(horizon_days, {{ horizons() | last }}) as double) as horizon_days,
    within_horizon_rate,
    cast(followed_days as double) as followed_days,
    members,
    reached,
    undecided,
    cast(at_risk as bigint) as at_risk,
    is_last,
    log_step,
    greenwood_step
from steps
