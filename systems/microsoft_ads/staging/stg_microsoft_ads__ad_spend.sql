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

    days as ({{ campaign_days("connected", "report") }}),

    spend as ({{ spend_of_days("days", "campaigns", "Microsoft Ads") }})

select *
from spend
