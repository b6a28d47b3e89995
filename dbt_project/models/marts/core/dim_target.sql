with
    targets as (select * from {{ source("agreement", "targets") }}),

    lead_types as (select * from {{ ref("stg_agreement__lead_types") }}),

    -- The agreed outcome of those that reach the next stage.
    later_steps as (
        select
            steps.agreement_version,
            steps.revenue_stream,
            steps.lead_type,
            steps.step_number,
            {{ rounded("exp(sum(ln(later.agreed_rate)))", 12) }} as later_rate,
            {{ dbt.listagg(readable_percent("later.agreed_rate"), "' x '", "order by later.step_number") }}
            as later_arithmetic
        from targets as steps
        inner join
            targets as later
            on steps.agreement_version = later.agreement_version
            and steps.revenue_stream = later.revenue_stream
            and steps.lead_type = later.lead_type
            and steps.step_number < later.step_number
        where later.agreed_rate is not null
        group by steps.agreement_version, steps.revenue_stream, steps.lead_type, steps.step_number
    )

select
    targets.agreement_version,
    targets.revenue_stream,
    targets.lead_type,
    targets.step_number,
    targets.stage,
    targets.next_stage,
    targets.agreed_rate,
    case when targets.next_stage is not null then coalesce(later_steps.later_rate, 1) end as later_rate,
    later_steps.later_arithmetic,
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
    on targets.agreement_version = lead_types.agreement_version
    and targets.revenue_stream = lead_types.revenue_stream
    and targets.lead_type = lead_types.lead_type
left join
    later_steps
    on targets.agreement_version = later_steps.agreement_version
    and targets.revenue_stream = later_steps.revenue_stream
    and targets.lead_type = later_steps.lead_type
    and targets.step_number = later_steps.step_number
