with
    touchpoints as (select * from {{ ref("fct_touchpoints") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    costs as (select * from {{ ref("fct_costs") }}),

    spend as (select * from {{ ref("fct_ad_spend") }}),

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
        select campaign, 1 as touches, 0 as cost_rows, null as leads, null as mqls, null as customers
        from named_touches
        union all
        select coalesce(campaign, '(none)'), 0, 1, null, null, null
        from costs
        union all
        select
            coalesce(named_touches.campaign, '(none)'),
            0,
            0,
            1,
            case when journeys.mql_at is not null then 1 else 0 end,
            case when journeys.customer_at is not null then 1 else 0 end
        from journeys
        left join named_touches on journeys.lead_touchpoint_id = named_touches.touchpoint_id
    ),

    counted as (
        select
            campaign,
            cast(sum(touches) as bigint) as touches,
            cast(sum(cost_rows) as bigint) as cost_rows,
            cast(coalesce(sum(leads), 0) as bigint) as leads,
            cast(coalesce(sum(mqls), 0) as bigint) as mqls,
            cast(coalesce(sum(customers), 0) as bigint) as customers
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
    counted.customers
    {%- for count in ["lead", "mql", "customer"] %}
        ,
        case
            when counted.campaign not in ('(none)', '(ambiguous)')
            then cast(amounts.cost_amount as double) / nullif(counted.{{ count }}s, 0)
        end as cost_per_{{ count }}
    {%- endfor %}
from counted
left join persons on counted.campaign = persons.campaign
left join amounts on counted.campaign = amounts.campaign
left join clicks on counted.campaign = clicks.campaign
