with
    pairs as (select * from {{ ref("fct_stage_conversions") }}),

    unexplained as (
        select distinct journey_id from {{ ref("fct_opportunities") }} where is_new_business is null
    ),

    build as (select * from {{ ref("dim_build") }}),

    targets as (select * from {{ ref("dim_target") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    -- How long nine in ten of the conversions of a step took: an older member that has not converted has had
    -- the time.
    step_times as (
        select
            revenue_stream, lead_type, from_stage, to_stage, {{ quantile("days_between", 0.9) }} as p90_days
        from pairs
        group by revenue_stream, lead_type, from_stage, to_stage
    ),

    evaluated as (
        select
            pairs.*,
            build.fiscal_year_start_month,
            -- A deal that nobody has explained may be the step that is missing.
            (pairs.reached_date is null and unexplained.journey_id is not null)
            or (
                pairs.is_open
                and {{ days_apart("pairs.entered_date", "build.as_of_date") }}
                <= coalesce(step_times.p90_days, 1000000)
            ) as is_undecided
        from pairs
        cross join build
        left join unexplained on pairs.journey_id = unexplained.journey_id
        inner join step_times using (revenue_stream, lead_type, from_stage, to_stage)
    ),

    periods as (
        select
            'quarter' as review_period,
            {{ fiscal_period("entered_date", "fiscal_year_start_month", 3) }} as period_from,
            {{ add_months(fiscal_period("entered_date", "fiscal_year_start_month", 3), "3") }} as period_to,
            evaluated.*
        from evaluated
        union all
        select
            'half_year' as review_period,
            {{ fiscal_period("entered_date", "fiscal_year_start_month", 6) }} as period_from,
            {{ add_months(fiscal_period("entered_date", "fiscal_year_start_month", 6), "6") }} as period_to,
            evaluated.*
        from evaluated
    ),

    -- Only periods that have ended are reviewed, against the version in force on their last day.
    reviewed as (
        select
            periods.review_period,
            periods.period_from,
            periods.period_to,
            versions.agreement_version,
            versions.tolerance_rate,
            versions.known_share_rate,
            periods.revenue_stream,
            periods.lead_type,
            periods.from_stage,
            periods.to_stage,
            count(*) as entered,
            count(periods.reached_date) as converted,
            count(*) filter (where periods.is_undecided) as undecided
        from periods
        inner join build on periods.period_to <= build.as_of_date
        inner join
            versions
            on periods.period_to > versions.effective_from
            and periods.period_to <= coalesce({{ next_day("versions.effective_to") }}, date '9999-12-31')
        group by all
    ),

    agreed_types as (
        select distinct agreement_version, revenue_stream, lead_type, true as is_agreed from targets
    ),

    -- A lead without an agreed type is in no rate, and how it would have converted is not known.
    covered as (
        select
            reviewed.*,
            sum(case when agreed_types.is_agreed then reviewed.entered else 0 end) over step_rows
            / cast(sum(reviewed.entered) over step_rows as double) as coverage_rate
        from reviewed
        left join agreed_types using (agreement_version, revenue_stream, lead_type)
        window
            step_rows as (
                partition by
                    reviewed.review_period,
                    reviewed.period_from,
                    reviewed.agreement_version,
                    reviewed.from_stage,
                    reviewed.to_stage
            )
    ),

    measured as (
        select
            covered.*,
            targets.step_number,
            targets.agreed_rate,
            covered.converted / cast(covered.entered as double) as measured_rate
        from covered
        inner join
            targets
            on covered.agreement_version = targets.agreement_version
            and covered.revenue_stream = targets.revenue_stream
            and covered.lead_type = targets.lead_type
            and covered.from_stage = targets.stage
            and covered.to_stage = targets.next_stage
    )

select
    review_period,
    period_from,
    period_to,
    agreement_version,
    revenue_stream,
    lead_type,
    step_number,
    from_stage,
    to_stage,
    agreed_rate,
    entered,
    converted,
    undecided,
    coverage_rate,
    measured_rate,
    {{ wilson_bound("converted", "entered", "-") }} as measured_rate_low,
    {{ wilson_bound("converted", "entered", "+") }} as measured_rate_high,
    -- A target is set from a measured rate only if the cohort is decided and large enough.
    case
        when {{ is_too_little("coverage_rate", "known_share_rate") }}
        then 'agreed: too many without a lead type'
        when undecided > entered * tolerance_rate
        then 'agreed: too many undecided'
        when {{ is_few("entered") }}
        then 'agreed: too few'
        when converted = 0
        then 'agreed: none converted'
        else 'measured'
    end as basis
from measured
