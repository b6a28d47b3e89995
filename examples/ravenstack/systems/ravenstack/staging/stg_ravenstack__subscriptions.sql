with subscriptions as ({{ current_rows("ravenstack", "subscriptions") }})

select
    subscription_id as subscription_record_id,
    account_id as account_record_id,
    cast(null as string) as opportunity_record_id,
    plan_tier as plan_label,
    start_date as started_date,
    end_date as ended_date,
    mrr_amount as monthly_amount,
    'USD' as currency_code,
    is_trial,
    cast(null as string) as exclusion_reason
from subscriptions
