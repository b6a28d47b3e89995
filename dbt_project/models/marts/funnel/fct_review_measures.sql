-- What a review compares with the agreement.
with
    days as (select * from {{ ref("fct_review_days") }}),

    build as (select * from {{ ref("dim_build") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    targets as (select * from {{ ref("dim_target") }}),

    streams as (select * from {{ ref("dim_revenue_stream") }}),

    {{ review_rates("days", "targets") }},

    {{ review_closing_days("days", "targets") }},

    {{ review_acceptance("build", "versions") }},

    {{ review_sums("build", "versions", "streams") }},

    measured as (
        select *
        from review_rates
        union all
        select *
        from review_closing_days
        union all
        select *
        from review_stream_closing
        union all
        select *
        from review_acceptance
        union all
        select *
        from review_sums
    )

select
    review_period,
    period_from,
    period_to,
    agreement_version,
    revenue_stream,
    lead_type,
    review_measure,
    step_number,
    from_stage,
    to_stage,
    agreed_value,
    entered,
    converted,
    undecided,
    at_risk,
    horizon_days,
    within_horizon_rate,
    effective_entered,
    coverage_rate,
    measured_value,
    measured_low,
    measured_high,
    surprise_rate,
    closed_rate,
    agreed_closed_rate,
    deviation,
    largest_three_rate,
    basis
from measured
