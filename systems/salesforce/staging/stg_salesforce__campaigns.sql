with
    campaigns as ({{ salesforce_records("campaigns") }}),

    company as (select * from {{ ref("stg_agreement__company") }})

select
    campaigns.record_id as campaign_record_id,
    campaigns.campaign_name,
    campaigns.type as campaign_type_label,
    {{ salesforce_id("campaigns.parent_id") }} as parent_campaign_record_id,
    campaigns.start_date as started_date,
    campaigns.end_date as ended_date,
    campaigns.budgeted_cost as budget_amount,
    campaigns.actual_cost as cost_amount,
    {{ export_currency("campaigns.currency_iso_code", "salesforce", "company.currency_code") }}
    as currency_code
from campaigns
cross join company
