with
    journeys as (select * from {{ ref("int_journeys") }}),

    lead_touches as (select * from {{ ref("int_lead_touches") }})

select
    journeys.journey_id,
    person_id,
    journey_number,
    entered_at,
    entered_date,
    {{ utc_to_local("entered_at", company_zone()) }} as entered_local_at,
    next_entered_at,
    lead_at,
    mql_at,
    sal_at,
    sql_at,
    opportunity_at,
    customer_at,
    closed_at,
    {{ utc_to_local("closed_at", company_zone()) }} as closed_local_at,
    stage,
    outcome,
    undated_stage,
    outcome_label,
    outcome_reason,
    outcome_reason_class,
    days_to_customer,
    is_new_customer,
    is_opened_by_sales,
    channel,
    source_label,
    lead_type,
    revenue_stream,
    persona,
    account_id,
    owner_id,
    agreement_version,
    lead_touches.touchpoint_id as lead_touchpoint_id
from journeys
left join lead_touches on journeys.journey_id = lead_touches.journey_id
