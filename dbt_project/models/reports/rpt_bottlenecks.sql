with
    pairs as (select * from {{ ref("fct_stage_conversions") }}),

    rates as (
        select *
        from {{ ref("fct_conversion_rates") }}
        where cohort_period = 'quarter' and segment_type = 'stream and lead type'
    ),

    targets as (
        select *, stage as from_stage, next_stage as to_stage
        from {{ ref("dim_target") }}
        where next_stage is not null
    ),

    versions as (select * from {{ ref("dim_agreement") }}),

    build as (select * from {{ ref("dim_build") }}),

    step_times as ({{ step_times("pairs") }}),

    measured as (
        select rates.*
        from rates
        inner join
            step_times
            on {{ same_step("rates", "step_times") }}
            and rates.horizon_days = step_times.horizon_days
        where rates.converted_rate is not null
    ),

    -- Only quarters that have ended, against the version in force on their last day.
    ended as (
        select measured.*, {{ add_months("cohort_date", "3") }} as period_to
        from measured
        inner join build on {{ add_months("cohort_date", "3") }} <= build.as_of_date
    ),

    steps as (
        select
            ended.*,
            targets.agreement_version,
            targets.step_number,
            targets.agreed_rate,
            targets.deal_size,
            targets.later_rate,
            targets.later_arithmetic
        from ended
        inner join
            versions
            on ended.period_to > versions.effective_from
            and ended.period_to <= coalesce({{ next_day("versions.effective_to") }}, date '9999-12-31')
        inner join
            targets
            on versions.agreement_version = targets.agreement_version
            and {{ same_step("ended", "targets") }}
    ),

    compared as (
        select
            steps.*,
            'agreement' as compared_with,
            steps.agreed_rate as compared_rate,
            steps.agreed_rate as compared_rate_low
        from steps
        union all
        select
            steps.*,
            'last period' as compared_with,
            previous.converted_rate as compared_rate,
            previous.converted_rate_low as compared_rate_low
        from steps
        inner join
            measured as previous
            on previous.cohort_date = {{ add_months("steps.cohort_date", "-3") }}
            and {{ same_step("steps", "previous") }}
    ),

    short as (select *, {{ rounded("compared_rate - converted_rate", 9) }} as shortfall_rate from compared),

    costed as (
        select
            *,
            {{ rounded("entered * shortfall_rate * later_rate", 9) }} as lost_customers,
            {{ rounded("entered * shortfall_rate * later_rate * cast(deal_size as double)", 2) }}
            as cost_amount
        from short
    )

select
    cohort_date as period_date,
    revenue_stream,
    lead_type,
    step_number,
    from_stage,
    to_stage,
    agreement_version,
    compared_with,
    horizon_days,
    entered,
    converted,
    is_few,
    converted_rate as measured_rate,
    converted_rate_low as measured_rate_low,
    converted_rate_high as measured_rate_high,
    compared_rate,
    shortfall_rate,
    later_rate,
    deal_size as deal_amount,
    lost_customers,
    cost_amount,
    coalesce(compared_rate_low > converted_rate_high, false) as is_significant,
    cast(
        row_number() over (
            partition by cohort_date, compared_with
            order by cost_amount desc, revenue_stream, lead_type, step_number
        ) as integer
    ) as bottleneck_rank,
    {{ readable_number("entered", 0) }}
    || ' entered x ('
    || {{ readable_percent("compared_rate") }}
    || ' '
    || case compared_with when 'agreement' then 'agreed' else compared_with end
    || ' - '
    || {{ readable_percent("converted_rate") }}
    || ' measured)'
    || coalesce(' x ' || later_arithmetic, '')
    || ' x '
    || {{ readable_number("deal_size", 0) }}
    || ' = '
    || {{ readable_number("cost_amount", 0) }} as arithmetic
from costed
