with
    pairs as (select * from {{ ref("fct_stage_conversions") }}),

    rates as (select * from {{ ref("fct_conversion_rates") }}),

    build as (select * from {{ ref("dim_build") }}),

    paired as (select *, cast(date_trunc('month', entered_date) as date) as entered_month from pairs),

    -- Counted before a pair is taken into each of its cohorts; of days the quantiles need each.
    counted as (
        select
            {{ cohort_axes() }},
            entered_month,
            count(*) as entered,
            count(reached_date) as converted,
            count(*) filter (where is_open) as still_open,
            sum(won_amount) as won_amount
        from paired
        group by all
    ),

    members as (
        {{ cohort_members("counted", "build", ["entered", "converted", "still_open", "won_amount"]) }}
    ),

    totals as (
        select
            {{ cohort_columns() }},
            cast(sum(entered) as bigint) as entered,
            cast(sum(converted) as bigint) as converted,
            cast(sum(still_open) as bigint) as still_open,
            cast(sum(won_amount) as decimal(24, 6)) as won_amount
        from members
        group by all
    ),

    cohorts as (select *, {{ cohort_id() }} as cohort_id from totals),

    reached as (select * from paired where days_between is not null),

    reached_members as ({{ cohort_members("reached", "build", ["days_between"]) }}),

    quantiles as (
        select
            {{ cohort_columns() }},
            {{ quantile("days_between", 0.25) }} as p25_days,
            {{ quantile("days_between", 0.5) }} as median_days,
            {{ quantile("days_between", 0.75) }} as p75_days,
            {{ quantile("days_between", 0.9) }} as p90_days
        from reached_members
        group by all
    ),

    times as (
        select {{ cohort_id() }} as cohort_id, p25_days, median_days, p75_days, p90_days from quantiles
    ),

    next_stages as (select from_rank, min(to_rank) as to_rank from pairs group by from_rank),

    side_by_side as (
        select
            cohort_id,
            max(case when is_few then 1 else 0 end) = 1 as is_few
            {%- for days in horizons() %}
                ,
                max(case when horizon_days = {{ days }} then converted end) as converted_{{ days }}d,
                max(case when horizon_days = {{ days }} and is_mature then 1 else 0 end)
                = 1 as is_mature_{{ days }}d,
                max(case when horizon_days = {{ days }} then converted_rate end) as rate_{{ days }}d,
                max(case when horizon_days = {{ days }} then converted_rate_low end) as rate_{{ days }}d_low,
                max(case when horizon_days = {{ days }} then converted_rate_high end) as rate_{{ days }}d_high
            {%- endfor %}
        from rates
        group by cohort_id
    ),

    quarters as (
        select
            cohorts.cohort_date,
            max(case when side_by_side.is_mature_90d then cohorts.cohort_date end) over () as mature_date
        from cohorts
        inner join side_by_side on cohorts.cohort_id = side_by_side.cohort_id
        inner join
            next_stages on cohorts.from_rank = next_stages.from_rank and cohorts.to_rank = next_stages.to_rank
        where cohorts.cohort_period = 'quarter' and cohorts.segment_type = 'stream and lead type'
    ),

    current_quarters as (
        select distinct 'quarter' as cohort_period, cohort_date
        from quarters
        where cohort_date >= mature_date or mature_date is null
        order by cohort_date
        limit 2
    )

select
    cohorts.cohort_id,
    cohorts.cohort_period,
    cohorts.cohort_date,
    cohorts.segment_type,
    cohorts.revenue_stream,
    cohorts.lead_type,
    cohorts.channel,
    cohorts.owner_id,
    cohorts.from_stage,
    cohorts.to_stage,
    cohorts.from_rank,
    cohorts.to_rank,
    next_stages.to_rank is not null as is_next_stage,
    cohorts.entered,
    cohorts.converted,
    cohorts.still_open,
    side_by_side.is_few,
    cohorts.converted / cast(cohorts.entered as double) as converted_rate
    {%- for days in horizons() %}
        ,
        side_by_side.converted_{{ days }}d,
        side_by_side.is_mature_{{ days }}d,
        side_by_side.rate_{{ days }}d,
        side_by_side.rate_{{ days }}d_low,
        side_by_side.rate_{{ days }}d_high
    {%- endfor %},
    times.p25_days,
    times.median_days,
    times.p75_days,
    times.p90_days,
    cohorts.won_amount,
    cast(cohorts.won_amount as double) / cohorts.entered as won_per_entered,
    current_quarters.cohort_date is not null as is_current_cohort
from cohorts
inner join side_by_side on cohorts.cohort_id = side_by_side.cohort_id
left join times on cohorts.cohort_id = times.cohort_id
left join next_stages on cohorts.from_rank = next_stages.from_rank and cohorts.to_rank = next_stages.to_rank
left join
    current_quarters
    on cohorts.cohort_period = current_quarters.cohort_period
    and cohorts.cohort_date = current_quarters.cohort_date
