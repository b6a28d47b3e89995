with
    targets as (select * from {{ ref("dim_target") }}), versions as (select * from {{ ref("dim_agreement") }})

select
    targets.agreement_version,
    versions.effective_from,
    versions.effective_to,
    versions.is_signed,
    targets.revenue_stream,
    targets.lead_type,
    row_number() over (
        partition by targets.agreement_version, targets.revenue_stream, targets.lead_type
        order by targets.step_number desc
    ) as division_number,
    targets.step_number,
    targets.stage,
    targets.next_stage,
    targets.quota_amount,
    targets.quota_period,
    targets.deal_size,
    targets.dividend,
    targets.divisor,
    targets.agreed_rate,
    targets.base_rate,
    targets.basis,
    targets.owed_by,
    targets.unrounded,
    targets.needed,
    targets.arithmetic,
    targets.base_needed,
    targets.quota_share,
    targets.owed,
    case when targets.step_number = 1 then targets.lead_value end as lead_value
from targets
inner join versions on targets.agreement_version = versions.agreement_version
