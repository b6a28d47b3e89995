{%- set columns -%}
    commitment_id,
    version as agreement_version,
    team,
    kind,
    commitment,
    {{ local_date("started_at") }} as started_date,
    cast(date_trunc('month', {{ local_date("started_at") }}) as date) as month_date,
    owner_id,
    journey_id,
    revenue_stream,
    lead_type,
    clock_type,
    started_at,
    due_at,
    stopped_at,
    elapsed_minutes,
    elapsed_business_minutes,
    target,
    actual,
    target_rate
{%- endset -%}
{%- set kept -%} case status when 'met' then 1.0 when 'breached' then 0.0 end {%- endset %}

select {{ columns }}, {{ kept }} as attainment_rate, status, status_reason
from {{ ref("int_clock_verdicts") }}
where is_agreed
union all
select {{ columns }}, {{ kept }} as attainment_rate, status, status_reason
from {{ ref("int_cadence_verdicts") }}
union all
select {{ columns }}, attainment_rate, status, status_reason
from {{ ref("int_lead_value_verdicts") }}
union all
select
    commitment_id,
    agreement_version,
    team,
    'measure' as kind,
    commitment,
    period_date as started_date,
    -- What a quarter was worth is known, and closed, with its last month.
    case period when 'quarter' then {{ add_months("period_date", "2") }} else period_date end as month_date,
    owner_id,
    cast(null as varchar) as journey_id,
    revenue_stream,
    lead_type,
    cast(null as varchar) as clock_type,
    started_at,
    due_at,
    stopped_at,
    cast(null as double) as elapsed_minutes,
    cast(null as double) as elapsed_business_minutes,
    target,
    actual,
    cast(null as double) as target_rate,
    {{ kept }} as attainment_rate,
    status,
    status_reason
from {{ ref("fct_measures") }}
