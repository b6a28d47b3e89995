with measures as (select * from {{ ref("fct_review_measures") }} where review_measure = 'step_rate')

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
    agreed_value as agreed_rate,
    entered,
    converted,
    undecided,
    at_risk,
    horizon_days,
    within_horizon_rate,
    effective_entered,
    coverage_rate,
    measured_value as measured_rate,
    measured_low as measured_rate_low,
    measured_high as measured_rate_high,
    basis
from measures
