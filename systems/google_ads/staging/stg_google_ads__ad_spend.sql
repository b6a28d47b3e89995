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

    days as ({{ campaign_days("connected", "report") }}),

    spend as ({{ spend_of_days("days", "campaigns", "Google Ads") }})

select *
from spend
