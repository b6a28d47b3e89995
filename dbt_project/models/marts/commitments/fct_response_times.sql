{%- set is_assigned -%} clock_start = 'assigned' {%- endset -%}
{#- Whoever was in contact before he was assigned did not wait for the owner. -#}
{%- set waited -%} {{ is_assigned }} and status_reason != 'already in contact' {%- endset %}

select
    commitment_id as response_time_id,
    version as agreement_version,
    team,
    commitment,
    journey_id,
    clock_start,
    is_agreed,
    owner_id,
    clock_type,
    started_at,
    due_at,
    stopped_at,
    elapsed_minutes,
    elapsed_business_minutes,
    case when {{ is_assigned }} then since_created_minutes end as system_delay_minutes,
    case when {{ is_assigned }} then since_created_business_minutes end as system_delay_business_minutes,
    case when {{ waited }} then elapsed_minutes end as human_delay_minutes,
    case when {{ waited }} then elapsed_business_minutes end as human_delay_business_minutes,
    status,
    status_reason
from {{ ref("int_clock_verdicts") }}
where until_stage is null
