with
    analytics as ({{ current_rows("linkedin_ads", "ad_analytics_by_campaign") }}),

    histories as ({{ latest_versions("linkedin_ads", "campaign_history", "last_modified_time") }}),

    accounts as ({{ latest_versions("linkedin_ads", "account_history", "last_modified_time") }}),

    reported as ({{ campaign_report("linkedin_ads") }}),

    campaigns as (select * from {{ ref("stg_linkedin_ads__campaigns") }}),

    -- A form filled on LinkedIn itself is not among the conversions, which are the company's own pages'.
    report as (
        select *, coalesce(website_conversions + leads, website_conversions, leads) as conversions
        from reported
    ),

    connected as (
        select
            analytics.campaign_id as campaign_record_id,
            analytics.day as spend_date,
            accounts.currency as currency_code,
            analytics.cost_in_local_currency as amount,
            analytics.impressions,
            analytics.clicks,
            coalesce(
                analytics.external_website_conversions + analytics.one_click_leads,
                analytics.external_website_conversions,
                analytics.one_click_leads
            ) as conversions
        from analytics
        left join histories on analytics.campaign_id = histories.id
        left join accounts on histories.account_id = accounts.id
    ),

    days as ({{ campaign_days("connected", "report") }}),

    spend as ({{ spend_of_days("days", "campaigns", "LinkedIn Ads") }})

select *
from spend
