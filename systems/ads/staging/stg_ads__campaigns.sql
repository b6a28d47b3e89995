with spend as ({{ current_rows("ads", "daily_spend") }})

select
    platform || ':' || campaign as campaign_record_id,
    campaign as campaign_name,
    platform as campaign_type_label,
    cast(null as string) as parent_campaign_record_id,
    min(day) as started_date,
    cast(null as date) as ended_date,
    cast(null as decimal(24, 6)) as budget_amount,
    cast(null as decimal(24, 6)) as cost_amount,
    cast(null as string) as currency_code
from spend
group by platform, campaign
