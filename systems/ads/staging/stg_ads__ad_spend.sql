with spend as ({{ current_rows("ads", "daily_spend") }})

select
    concat_ws(':', day, platform, account, campaign) as ad_spend_record_id,
    day as spend_date,
    platform as source_label,
    cast(null as string) as source_detail,
    campaign as campaign_label,
    cost as amount,
    currency as currency_code,
    impressions,
    clicks,
    conversions
from spend
