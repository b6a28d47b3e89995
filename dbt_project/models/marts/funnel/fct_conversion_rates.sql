-- How many of a cohort convert within a horizon, also while it is young: Kaplan-Meier (1958) by
-- whole days. Whoever has not converted is followed until the as-of, whatever became of the
-- journey: a lost one may not convert any more, but it still is one of those who could have.
with
    pairs as (select * from {{ ref("fct_stage_conversions") }}),

    build as (select * from {{ ref("dim_build") }}),

    members as ({{ cohort_members("pairs", "build") }}),

    followed as (
        select
            members.*,
            greatest(
                {{ days_apart("members.entered_date", "coalesce(members.reached_date, build.as_of_date)") }},
                0
            ) as followed_days,
            -- For all time members still enter: that cohort ends with the as-of.
            {{
                days_apart(
                    "coalesce("
                    ~ add_months(
                        "members.cohort_date", "case members.cohort_period when 'month' then 1 else 3 end"
                    )
                    ~ ", build.as_of_date)",
                    "build.as_of_date",
                )
            }} as days_since_cohort
        from members
        cross join build
    ),

    days as (
        select
            cohort_id,
            cohort_period,
            cohort_date,
            segment_type,
            revenue_stream,
            lead_type,
            channel,
            owner_id,
            from_stage,
            to_stage,
            followed_days,
            days_since_cohort,
            count(*) as members,
            count(reached_date) as reached
        from followed
        group by all
    ),

    at_risk as (
        select *, sum(members) over (partition by cohort_id order by followed_days desc) as at_risk from days
    ),

    horizons as (
        select horizon_days
        from
            (
                values {% for days in horizons() %} ({{ days }}){{ ", " if not loop.last }}{% endfor %}
            ) as horizons(horizon_days)
    ),

    -- The logarithm of the share that has not converted, and Greenwood's sum for its variance.
    estimated as (
        select
            days.cohort_id,
            days.cohort_period,
            days.cohort_date,
            days.segment_type,
            days.revenue_stream,
            days.lead_type,
            days.channel,
            days.owner_id,
            days.from_stage,
            days.to_stage,
            horizons.horizon_days,
            days.days_since_cohort >= horizons.horizon_days as is_mature,
            sum(days.members) as entered,
            coalesce(
                sum(days.reached) filter (where days.followed_days <= horizons.horizon_days), 0
            ) as converted,
            coalesce(
                sum(days.members - days.reached) filter (where days.followed_days < horizons.horizon_days), 0
            ) as too_young,
            max(days.followed_days) as longest_days,
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
        from at_risk as days
        cross join horizons
        group by all
    ),

    -- The interval is symmetric on the scale log(-log), so that it stays between 0 and 1.
    scaled as (
        select
            *,
            longest_days >= horizon_days as is_followed,
            case
                when log_remaining < 0 and not is_exhausted
                then 1.959963984540054 * sqrt(greenwood_sum) / - log_remaining
            end as half_width
        from estimated
    )

select
    cohort_id,
    cohort_period,
    cohort_date,
    segment_type,
    revenue_stream,
    lead_type,
    channel,
    owner_id,
    from_stage,
    to_stage,
    cast(horizon_days as double) as horizon_days,
    cast(entered as bigint) as entered,
    cast(converted as bigint) as converted,
    cast(too_young as bigint) as too_young,
    is_mature,
    {{ is_few("entered") }} as is_few,
    -- Rounded, because a sum of binary fractions depends on the order of the rows.
    case
        when is_exhausted then 1 when is_followed then round(1 - exp(coalesce(log_remaining, 0)), 9)
    end as converted_rate,
    -- Without a conversion Greenwood says nothing: Wilson's bounds of those who had the time.
    case
        when is_followed and converted = 0
        then 0
        when is_followed
        then round(1 - exp(log_remaining * exp(- half_width)), 9)
    end as converted_rate_low,
    case
        when is_followed and converted = 0
        then round({{ wilson_bound("0", "(entered - too_young)", "+") }}, 9)
        when is_followed
        then round(1 - exp(log_remaining * exp(half_width)), 9)
    end as converted_rate_high
from scaled
