-- What an ad platform claims, beside the leads whose last touch until they came was of the campaign. A
-- campaign that several platforms have is not divided among them.
with
    spend as (select * from {{ ref("fct_ad_spend") }}),

    touchpoints as (select * from {{ ref("fct_touchpoints") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    opportunities as (select * from {{ ref("fct_opportunities") }} where status = 'won' and is_new_business),

    unmatched as (
        select campaign, month_date, sum(unmatched_touches) as unmatched_touches
        from {{ ref("fct_unmatched_touches") }}
        group by campaign, month_date
    ),

    platforms as (
        select campaign, min(system) as system, count(distinct system) as systems from spend group by campaign
    ),

    claimed as (
        select
            system,
            coalesce(campaign, '(none)') as campaign,
            cast(date_trunc('month', spend_date) as date) as month_date,
            sum(impressions) as impressions,
            sum(clicks) as clicks,
            sum(amount_reporting) as ad_spend_amount,
            max(case when {{ is_unpriced() }} then 1 else 0 end) as has_unpriced,
            sum(conversions) as platform_conversions
        from spend
        group by 1, 2, 3
    ),

    won as (
        select journey_id, count(*) as deals, sum(amount_reporting) as amount
        from opportunities
        where journey_id is not null
        group by journey_id
    ),

    counted as (
        select
            touchpoints.campaign,
            cast(date_trunc('month', journeys.entered_date) as date) as month_date,
            count(*) filter (where not journeys.is_opened_by_sales) as leads,
            count(journeys.mql_at) as mqls,
            count(*) filter (where journeys.is_new_customer) as customers,
            coalesce(sum(won.deals), 0) as deals_won,
            coalesce(sum(won.amount), 0) as won_amount
        from journeys
        inner join touchpoints on journeys.lead_touchpoint_id = touchpoints.touchpoint_id
        left join won on journeys.journey_id = won.journey_id
        group by 1, 2
    ),

    -- A month has leads of the campaign after its last day of spend, too.
    months as (
        select system, campaign, month_date
        from claimed
        union
        select platforms.system, platforms.campaign, counted.month_date
        from platforms
        inner join counted on platforms.campaign = counted.campaign
        where platforms.systems = 1
    )

select
    months.system,
    months.campaign,
    months.month_date,
    coalesce(platforms.systems > 1, false) as is_of_several_systems,
    cast(claimed.impressions as bigint) as impressions,
    cast(claimed.clicks as bigint) as clicks,
    cast(claimed.ad_spend_amount as decimal(24, 6)) as ad_spend_amount,
    cast(claimed.platform_conversions as decimal(18, 4)) as platform_conversions,
    {%- for name in ["leads", "mqls", "customers", "deals_won"] %}
        case
            when platforms.systems = 1 then cast(coalesce(counted.{{ name }}, 0) as bigint)
        end as {{ name }},
    {%- endfor %}
    case
        when platforms.systems = 1 then cast(coalesce(counted.won_amount, 0) as decimal(24, 6))
    end as won_amount,
    cast(
        claimed.platform_conversions
        - case when platforms.systems = 1 then coalesce(counted.leads, 0) end as decimal(18, 4)
    ) as conversions_above_leads,
    case
        when months.campaign <> '(none)' then cast(coalesce(unmatched.unmatched_touches, 0) as bigint)
    end as unmatched_touches,
    cast(claimed.clicks as double) / nullif(claimed.impressions, 0) as click_through_rate,
    case
        when claimed.has_unpriced = 0 then cast(claimed.ad_spend_amount as double) / nullif(claimed.clicks, 0)
    end as cost_per_click,
    case
        when claimed.has_unpriced = 0
        then cast(claimed.ad_spend_amount as double) / nullif(cast(claimed.platform_conversions as double), 0)
    end as cost_per_platform_conversion
from months
left join
    claimed
    on months.system = claimed.system
    and months.campaign = claimed.campaign
    and months.month_date = claimed.month_date
left join platforms on months.campaign = platforms.campaign
left join counted on months.campaign = counted.campaign and months.month_date = counted.month_date
left join unmatched on months.campaign = unmatched.campaign and months.month_date = unmatched.month_date
