with
    pairs as (select * from {{ ref("fct_stage_conversions") }}),

    build as (select * from {{ ref("dim_build") }}),

    periods as (
        select
            'month' as cohort_period, cast(date_trunc('month', entered_date) as date) as cohort_date, pairs.*
        from pairs
        union all
        select
            'quarter' as cohort_period,
            cast(date_trunc('quarter', entered_date) as date) as cohort_date,
            pairs.*
        from pairs
    ),

    cohorts as (
        select
            cohort_period,
            cohort_date,
            revenue_stream,
            lead_type,
            from_stage,
            to_stage,
            from_rank,
            to_rank,
            count(*) as entered,
            count(reached_date) as converted,
            count(*) filter (where is_open) as still_open,
            count(*) filter (where {{ days_apart("entered_date", "reached_date") }} <= 30) as converted_30d,
            count(*) filter (where {{ days_apart("entered_date", "reached_date") }} <= 60) as converted_60d,
            count(*) filter (where {{ days_apart("entered_date", "reached_date") }} <= 90) as converted_90d,
            {{ quantile("days_between", 0.5) }} as median_days,
            {{ quantile("days_between", 0.9) }} as p90_days
        from periods
        group by all
    ),

    -- A cohort is mature at a horizon when its last member has had that many days.
    ended as (
        select
            cohorts.*,
            {{
                days_apart(
                    add_months(
                        "cohorts.cohort_date", "case cohorts.cohort_period when 'month' then 1 else 3 end"
                    ),
                    "build.as_of_date",
                )
            }} as days_since_cohort
        from cohorts
        cross join build
    )

select
    cohort_period,
    cohort_date,
    revenue_stream,
    lead_type,
    from_stage,
    to_stage,
    from_rank,
    to_rank,
    entered,
    converted,
    still_open,
    converted_30d,
    converted_60d,
    converted_90d,
    days_since_cohort >= 30 as is_mature_30d,
    days_since_cohort >= 60 as is_mature_60d,
    days_since_cohort >= 90 as is_mature_90d,
    case when days_since_cohort >= 30 then converted_30d / cast(entered as double) end as rate_30d,
    case when days_since_cohort >= 60 then converted_60d / cast(entered as double) end as rate_60d,
    case when days_since_cohort >= 90 then converted_90d / cast(entered as double) end as rate_90d,
    median_days,
    p90_days
from ended
