with
    stats as ({{ current_rows("google_ads", "campaign_stats") }}),

    accounts as ({{ latest_versions("google_ads", "account_history", "updated_at") }}),

    report as ({{ campaign_report("google_ads") }}),

    campaigns as (select * from {{ ref("stg_google_ads__campaigns") }}),

    connected as (
        select
            stats.id as campaign_record_id,
            stats.date as spend_date,
            accounts.currency_code,
            {{ micros_to_amount("stats.cost_micros") }} as amount,
            stats.impressions,
            stats.clicks,
            stats.conversions
        from stats
        left join accounts on stats.customer_id = accounts.id
    ),

    days as ({{ campaign_days("connected", "report") }})

select
    days.spend_date || ':' || days.campaign_record_id as ad_spend_record_id,
    days.spend_date,
    'Google Ads' as source_label,
    campaigns.campaign_type_label as source_detail,
    campaigns.campaign_name as campaign_label,
    days.amount,
    days.currency_code,
    days.impressions,
    days.clicks,
    days.conversions
from days
left join campaigns on days.campaign_record_id = campaigns.campaign_record_id
