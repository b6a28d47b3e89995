with
    targets as (select * from {{ ref("stg_agreement__targets") }}),

    lead_types as (select * from {{ ref("stg_agreement__lead_types") }})

select
    targets.version as agreement_version,
    targets.revenue_stream,
    targets.lead_type,
    targets.step_number,
    targets.stage,
    targets.next_stage,
    targets.agreed_rate,
    targets.base_rate,
    targets.rate_basis as basis,
    targets.owed_by,
    targets.dividend,
    targets.divisor,
    targets.unrounded,
    targets.needed,
    targets.owed,
    targets.base_needed,
    targets.arithmetic,
    lead_types.quota_amount,
    lead_types.quota_period,
    lead_types.quota_share,
    lead_types.deal_size,
    lead_types.lead_value
from targets
inner join
    lead_types
    on targets.version = lead_types.version
    and targets.revenue_stream = lead_types.revenue_stream
    and targets.lead_type = lead_types.lead_type
