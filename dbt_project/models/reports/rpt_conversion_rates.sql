-- How many of a cohort convert within a horizon, also while it is young: Kaplan-Meier (1958) by
-- whole days. Whoever has not converted is followed until the as-of, whatever became of the
-- journey: a lost one may not convert any more, but it still is one of those who could have.
with
    pairs as (select * from {{ ref("fct_stage_conversions") }}),

    build as (select * from {{ ref("dim_build") }}),

    followed as (
        select
            pairs.revenue_stream,
            pairs.lead_type,
            pairs.from_stage,
            pairs.to_stage,
            cast(date_trunc('quarter', pairs.entered_date) as date) as cohort_date,
            pairs.reached_date is not null as is_reached,
            greatest(
                {{ days_apart("pairs.entered_date", "coalesce(pairs.reached_date, build.as_of_date)") }}, 0
            ) as followed_days
        from pairs
        cross join build
    ),

    cohorts as (
        select 'quarter' as cohort_period, followed.*
        from followed
        union all
        select
            'all' as cohort_period,
            revenue_stream,
            lead_type,
            from_stage,
            to_stage,
            cast(null as date) as cohort_date,
            is_reached,
            followed_days
        from followed
    ),

    days as (
        select
            cohort_period,
            cohort_date,
            revenue_stream,
            lead_type,
            from_stage,
            to_stage,
            followed_days,
            count(*) as members,
            count(*) filter (where is_reached) as reached,
            sum(count(*)) over (
                partition by cohort_period, cohort_date, revenue_stream, lead_type, from_stage, to_stage
                order by followed_days desc
            ) as at_risk
        from cohorts
        group by cohort_period, cohort_date, revenue_stream, lead_type, from_stage, to_stage, followed_days
    ),

    horizons as (select horizon_days from (values (30), (60), (90), (180)) as horizons(horizon_days)),

    -- The logarithm of the share that has not converted, and Greenwood's sum for its variance.
    estimated as (
        select
            days.cohort_period,
            days.cohort_date,
            days.revenue_stream,
            days.lead_type,
            days.from_stage,
            days.to_stage,
            horizons.horizon_days,
            sum(days.members) as entered,
            coalesce(
                sum(days.reached) filter (where days.followed_days <= horizons.horizon_days), 0
            ) as converted,
            coalesce(
                sum(days.members - days.reached) filter (where days.followed_days < horizons.horizon_days), 0
            ) as still_open,
            max(days.followed_days) >= horizons.horizon_days as is_followed,
            sum(ln(nullif(1 - days.reached / cast(days.at_risk as double), 0))) filter (
                where days.followed_days <= horizons.horizon_days and days.reached < days.at_risk
            ) as log_remaining,
            sum(days.reached / (cast(days.at_risk as double) * (days.at_risk - days.reached))) filter (
                where days.followed_days <= horizons.horizon_days and days.reached < days.at_risk
            ) as greenwood_sum,
            count(*) filter (
                where days.followed_days <= horizons.horizon_days and days.reached = days.at_risk
            )
            > 0 as is_exhausted
        from days
        cross join horizons
        group by
            days.cohort_period,
            days.cohort_date,
            days.revenue_stream,
            days.lead_type,
            days.from_stage,
            days.to_stage,
            horizons.horizon_days
    ),

    -- The interval is symmetric on the scale log(-log), so that it stays between 0 and 1.
    scaled as (
        select
            *,
            case
                when log_remaining < 0 and not is_exhausted
                then 1.959963984540054 * sqrt(greenwood_sum) / - log_remaining
            end as half_width
        from estimated
    )

select
    cohort_period,
    cohort_date,
    revenue_stream,
    lead_type,
    from_stage,
    to_stage,
    cast(horizon_days as double) as horizon_days,
    cast(entered as bigint) as entered,
    cast(converted as bigint) as converted,
    cast(still_open as bigint) as still_open,
    still_open = 0 as is_mature,
    -- Rounded, because a sum of binary fractions depends on the order of the rows.
    case
        when is_exhausted then 1 when is_followed then round(1 - exp(coalesce(log_remaining, 0)), 9)
    end as converted_rate,
    case when is_followed then round(1 - exp(log_remaining * exp(- half_width)), 9) end as converted_rate_low,
    case when is_followed then round(1 - exp(log_remaining * exp(half_width)), 9) end as converted_rate_high
from scaled
