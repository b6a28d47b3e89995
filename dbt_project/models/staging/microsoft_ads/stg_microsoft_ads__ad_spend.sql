with
    performance as ({{ current_rows("microsoft_ads", "campaign_performance") }}),

    report as ({{ campaign_report("microsoft_ads") }}),

    campaigns as (select * from {{ ref("stg_microsoft_ads__campaigns") }}),

    connected as (
        select
            campaign_id as campaign_record_id,
            date as spend_date,
            currency_code,
            spend as amount,
            impressions,
            clicks,
            -- Microsoft counts fractions of conversions here, and whole ones in the older column.
            coalesce(conversions_qualified, conversions) as conversions
        from performance
    ),

    days as ({{ campaign_days("connected", "report") }})

select
    days.spend_date || ':' || days.campaign_record_id as ad_spend_record_id,
    days.spend_date,
    'Microsoft Ads' as source_label,
    campaigns.campaign_type_label as source_detail,
    campaigns.campaign_name as campaign_label,
    days.amount,
    days.currency_code,
    days.impressions,
    days.clicks,
    days.conversions
from days
left join campaigns on days.campaign_record_id = campaigns.campaign_record_id
