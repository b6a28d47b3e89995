with
    pairs as (select * from {{ ref("fct_stage_conversions") }}),

    build as (select * from {{ ref("dim_build") }}),

    targets as (select * from {{ ref("dim_target") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    periods as (
        select
            'quarter' as review_period,
            cast(date_trunc('quarter', entered_date) as date) as period_from,
            {{ add_months("cast(date_trunc('quarter', entered_date) as date)", "3") }} as period_to,
            pairs.*
        from pairs
        union all
        select
            'half_year' as review_period,
            {{ half_year("entered_date") }} as period_from,
            {{ add_months(half_year("entered_date"), "6") }} as period_to,
            pairs.*
        from pairs
    ),

    -- Only periods that have ended are reviewed, against the version in force on their last day.
    reviewed as (
        select
            periods.review_period,
            periods.period_from,
            periods.period_to,
            versions.version,
            versions.tolerance_rate,
            periods.revenue_stream,
            periods.lead_type,
            periods.from_stage,
            periods.to_stage,
            count(*) as entered,
            count(periods.reached_date) as converted,
            count(*) filter (where periods.is_open) as still_open
        from periods
        inner join build on periods.period_to <= build.as_of_date
        inner join
            versions
            on periods.period_to > versions.effective_from
            and periods.period_to <= coalesce({{ next_day("versions.effective_to") }}, date '9999-12-31')
        group by all
    ),

    measured as (
        select
            reviewed.*,
            targets.step_number,
            targets.agreed_rate,
            reviewed.converted / cast(reviewed.entered as double) as measured_rate
        from reviewed
        inner join
            targets
            on reviewed.version = targets.agreement_version
            and reviewed.revenue_stream = targets.revenue_stream
            and reviewed.lead_type = targets.lead_type
            and reviewed.from_stage = targets.stage
            and reviewed.to_stage = targets.next_stage
    )

select
    review_period,
    period_from,
    period_to,
    version as agreement_version,
    revenue_stream,
    lead_type,
    step_number,
    from_stage,
    to_stage,
    agreed_rate,
    entered,
    converted,
    still_open,
    measured_rate,
    {{ wilson_bound("converted", "entered", "-") }} as measured_rate_low,
    {{ wilson_bound("converted", "entered", "+") }} as measured_rate_high,
    -- A target is set from a measured rate only if the cohort is decided and large enough; else the agreed
    -- rate stays.
    case
        when still_open > entered * tolerance_rate
        then 'agreed: too many still open'
        when entered < 30
        then 'agreed: too few'
        when converted = 0
        then 'agreed: none converted'
        else 'measured'
    end as basis
from measured
