with
    touchpoints as (select * from {{ ref("fct_touchpoints") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    costs as (select * from {{ ref("fct_costs") }}),

    spend as (select * from {{ ref("fct_ad_spend") }}),

    known as ({{ costs_until_now() }}),

    won as (select * from {{ ref("fct_opportunities") }} where status = 'won' and is_new_business),

    named_touches as (
        select
            touchpoint_id,
            person_id,
            coalesce(
                campaign, case when campaign_rule = 'ambiguous' then '(ambiguous)' else '(none)' end
            ) as campaign
        from touchpoints
    ),

    counts as (
        select
            campaign,
            1 as touches,
            0 as cost_rows,
            0 as leads,
            0 as mqls,
            0 as customers,
            0 as deals_won,
            cast(null as decimal(24, 6)) as won_amount
        from named_touches
        union all
        select coalesce(campaign, '(none)'), 0, 1, 0, 0, 0, 0, null
        from costs
        union all
        select
            coalesce(named_touches.campaign, '(none)'),
            0,
            0,
            case when journeys.is_opened_by_sales then 0 else 1 end,
            case when journeys.mql_at is not null then 1 else 0 end,
            case when journeys.is_new_customer then 1 else 0 end,
            0,
            null
        from journeys
        left join named_touches on journeys.lead_touchpoint_id = named_touches.touchpoint_id
        union all
        select coalesce(named_touches.campaign, '(none)'), 0, 0, 0, 0, 0, 1, won.amount_reporting
        from won
        left join journeys on won.journey_id = journeys.journey_id
        left join named_touches on journeys.lead_touchpoint_id = named_touches.touchpoint_id
    ),

    counted as (
        select
            campaign,
            cast(sum(touches) as bigint) as touches,
            cast(sum(cost_rows) as bigint) as cost_rows,
            cast(sum(leads) as bigint) as leads,
            cast(sum(mqls) as bigint) as mqls,
            cast(sum(customers) as bigint) as customers,
            cast(sum(deals_won) as bigint) as deals_won,
            cast(sum(won_amount) as decimal(24, 6)) as won_amount
        from counts
        group by campaign
    ),

    persons as (select campaign, count(distinct person_id) as persons from named_touches group by campaign),

    amounts as (
        select
            coalesce(campaign, '(none)') as campaign,
            sum(case when cost_kind = 'ad_spend' then amount_reporting end) as ad_spend_amount,
            sum(amount_reporting) as cost_amount
        from costs
        group by 1
    ),

    clicks as (select coalesce(campaign, '(none)') as campaign, sum(clicks) as clicks from spend group by 1)

select
    counted.campaign,
    case
        when counted.campaign = '(none)'
        then 'no campaign'
        when counted.campaign = '(ambiguous)'
        then 'ambiguous'
        when counted.touches > 0 and counted.cost_rows > 0
        then 'touches and costs'
        when counted.touches > 0
        then 'touches only'
        else 'costs only'
    end as meets,
    counted.touches,
    coalesce(persons.persons, 0) as persons,
    cast(clicks.clicks as bigint) as clicks,
    cast(amounts.ad_spend_amount as decimal(24, 6)) as ad_spend_amount,
    cast(amounts.cost_amount as decimal(24, 6)) as cost_amount,
    counted.leads,
    counted.mqls,
    counted.customers,
    counted.deals_won,
    counted.won_amount
    {%- for count in ["lead", "mql", "customer"] %}
        ,
        case
            when counted.campaign not in ('(none)', '(ambiguous)') and known.are_costs_known
            then cast(amounts.cost_amount as double) / nullif(counted.{{ count }}s, 0)
        end as cost_per_{{ count }}
    {%- endfor %},
    case
        when counted.campaign not in ('(none)', '(ambiguous)') and known.are_costs_known
        then
            cast(coalesce(counted.won_amount, case when counted.deals_won = 0 then 0 end) as double)
            / nullif(cast(amounts.cost_amount as double), 0)
    end as return_on_cost
from counted
cross join known
left join persons on counted.campaign = persons.campaign
left join amounts on counted.campaign = amounts.campaign
left join clicks on counted.campaign = clicks.campaign
