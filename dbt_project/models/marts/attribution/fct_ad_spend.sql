with
    spend as (
        select *
        from {{ ref("int_ad_spend") }}
        where exclusion_reason is null and {{ until_as_of(start_of_date("spend_date")) }}
    ),

    channels as (select * from {{ ref("int_source_channels") }}),

    names as (select * from {{ ref("int_campaign_names") }}),

    rates as (select * from {{ ref("int_currency_rates") }})

select
    {{ global_id("spend.system", "spend.ad_spend_record_id") }} as ad_spend_id,
    spend.system,
    spend.spend_date,
    channels.channel,
    coalesce(spend.source_label, '(missing)') as source_label,
    spend.campaign_label,
    names.campaign,
    spend.impressions,
    spend.clicks,
    spend.conversions,
    spend.amount,
    spend.currency_code,
    {{ in_reporting_currency("spend.amount") }} as amount_reporting
from spend
left join
    channels
    on spend.system = channels.system
    and coalesce(spend.source_label, '') = channels.source_label
    and coalesce(spend.source_detail, '') = channels.source_detail
    and spend.spend_date = channels.source_date
left join
    names
    on spend.system = names.system
    and coalesce(spend.campaign_label, '') = names.campaign_label
    and names.click_system = ''
    and spend.spend_date = names.name_date
left join rates on spend.currency_code = rates.currency_code and {{ in_force("rates", "spend.spend_date") }}
