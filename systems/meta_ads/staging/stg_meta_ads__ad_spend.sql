with
    basic_ad as ({{ current_rows("meta_ads", "basic_ad") }}),

    actions as ({{ current_rows("meta_ads", "basic_ad_actions") }}),

    ads as ({{ latest_versions("meta_ads", "ad_history", "updated_time") }}),

    accounts as ({{ latest_versions("meta_ads", "account_history", "_fivetran_synced") }}),

    reported as ({{ campaign_report("meta_ads") }}),

    campaigns as (select * from {{ ref("stg_meta_ads__campaigns") }}),

    -- The currency is in the label of the column, one per file; an empty cell spent nothing. Results
    -- are conversions only where they were the campaign's goal.
    report as (
        select
            *,
            max({{ only_key("amount_spent") }}) over (partition by _load_number) as currency,
            case when amount_spent is not null then coalesce({{ only_value("amount_spent") }}, 0) end as cost,
            coalesce(link_clicks, clicks_all) as clicks,
            coalesce(
                leads,
                case
                    when
                        lower(result_type) like '%lead%'
                        or lower(result_type) like '%conversion%'
                        or {{ system_word("meta_ads", "result_type", "result_type") }}
                        in ('Lead', 'Conversion')
                    then results
                end
            ) as conversions
        from reported
    ),

    -- One lead is reported once as `lead` and again under every kind of lead that it is.
    leads as (
        select ad_id, date, sum(value) as conversions
        from actions
        where action_type = 'lead'
        group by ad_id, date
    ),

    connected as (
        select
            coalesce(ads.campaign_id, 'ad:' || basic_ad.ad_id) as campaign_record_id,
            basic_ad.date as spend_date,
            accounts.currency as currency_code,
            basic_ad.spend as amount,
            basic_ad.impressions,
            basic_ad.inline_link_clicks as clicks,
            leads.conversions
        from basic_ad
        left join ads on basic_ad.ad_id = ads.id
        left join accounts on basic_ad.account_id = accounts.id
        left join leads on basic_ad.ad_id = leads.ad_id and basic_ad.date = leads.date
    ),

    days as ({{ campaign_days("connected", "report") }}),

    spend as ({{ spend_of_days("days", "campaigns", "Meta Ads") }})

select *
from spend
