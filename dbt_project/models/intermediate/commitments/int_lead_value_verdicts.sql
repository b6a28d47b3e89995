-- Whether each month of lead value was kept: within the tolerance it is on track, both ways (requirement R7).
with
    lead_values as (select * from {{ ref("int_lead_value_months") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    measured as (
        select
            lead_values.*,
            lead_values.delivered_amount / nullif(lead_values.target_amount, 0) as attainment_rate,
            {{ start_of_date("lead_values.month_date") }} as started_at,
            {{ start_of_date(add_months("lead_values.month_date", "1")) }} as due_at,
            versions.tolerance_rate,
            lead_values.as_of_date >= {{ add_months("lead_values.month_date", "1") }} as is_over
        from lead_values
        inner join versions on lead_values.version = versions.version
    ),

    judged as (
        select
            *,
            case
                when not is_over
                then 'not yet due'
                else {{ tolerance_status("delivered_amount", "target_amount", "tolerance_rate") }}
            end as status_reason
        from measured
    )

select
    commitment
    || ':'
    || version
    || ':'
    || revenue_stream
    || ':'
    || lead_type
    || ':'
    || cast(month_date as varchar) as commitment_id,
    version,
    team,
    'lead_value' as kind,
    commitment,
    cast(null as varchar) as owner_id,
    cast(null as varchar) as journey_id,
    revenue_stream,
    lead_type,
    cast(null as varchar) as clock_type,
    started_at,
    due_at,
    case when is_over then due_at end as stopped_at,
    cast(null as double) as elapsed_minutes,
    cast(null as double) as elapsed_business_minutes,
    cast(target_amount as double) as target,
    cast(delivered_amount as double) as actual,
    cast(null as double) as target_rate,
    cast(attainment_rate as double) as attainment_rate,
    case status_reason when 'not yet due' then 'open' when 'under' then 'missed' else 'kept' end as status,
    status_reason
from judged
