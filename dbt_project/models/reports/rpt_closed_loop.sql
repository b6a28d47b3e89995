with
    journeys as (select * from {{ ref("fct_journeys") }}),

    opportunities as (select * from {{ ref("fct_opportunities") }} where status = 'won' and is_new_business),

    revenue as (select * from {{ ref("fct_revenue") }}),

    costs as (select * from {{ ref("fct_costs") }}),

    known as ({{ costs_until_now() }}),

    activities as (select * from {{ ref("fct_activities") }} where is_wrong_number),

    activity_persons as (select * from {{ ref("fct_activity_persons") }}),

    wrong_numbers as (
        select distinct activity_persons.journey_id
        from activities
        inner join activity_persons on activities.activity_id = activity_persons.activity_id
        where activity_persons.journey_id is not null
    ),

    funnel as (
        select
            channel,
            source_label,
            count(*) filter (where not is_opened_by_sales) as leads,
            count(mql_at) as mqls,
            count(sql_at) as sqls,
            count(opportunity_at) as opportunities,
            count(*) filter (where is_new_customer) as customers,
            count(mql_at) filter (where is_new_customer) as mql_customers,
            count(wrong_numbers.journey_id) as wrong_numbers,
            {{
                quantile(
                    "case when is_new_customer and not is_opened_by_sales then days_to_customer end", 0.5
                )
            }} as median_days_to_customer,
            {{
                quantile(
                    "case when is_new_customer and not is_opened_by_sales then days_to_customer end", 0.9
                )
            }} as p90_days_to_customer
        from journeys
        left join wrong_numbers on journeys.journey_id = wrong_numbers.journey_id
        group by channel, source_label
    ),

    won as (
        select
            coalesce(journeys.channel, 'unattributed') as channel,
            coalesce(journeys.source_label, 'unattributed') as source_label,
            count(*) as deals_won,
            cast(sum(opportunities.amount_reporting) as decimal(24, 6)) as won_amount
        from opportunities
        left join journeys on opportunities.journey_id = journeys.journey_id
        group by all
    ),

    earned as (
        select
            coalesce(journeys.channel, 'unattributed') as channel,
            coalesce(journeys.source_label, 'unattributed') as source_label,
            count(*) as revenue_lines,
            count(distinct revenue.account_id || '/' || revenue.revenue_document_id) as revenue_documents,
            count(distinct revenue.account_id) as accounts_with_revenue,
            cast(sum(revenue.amount_reporting) as decimal(24, 6)) as revenue_amount
        from revenue
        left join journeys on revenue.journey_id = journeys.journey_id
        group by all
    ),

    spent as (
        select
            costs.channel,
            costs.source_label,
            cast(sum(costs.amount_reporting) as decimal(24, 6)) as cost_amount,
            sum(case when known.are_costs_known then costs.amount_reporting end) as known_amount
        from costs
        cross join known
        group by costs.channel, costs.source_label
    ),

    kinds as (
        select channel, {{ dbt.listagg("cost_kind", "', '", "order by cost_kind") }} as cost_kinds
        from (select distinct channel, cost_kind from costs) as kinds_of_channels
        group by channel
    ),

    sources as (
        select channel, source_label
        from funnel
        union
        select channel, source_label
        from won
        union
        select channel, source_label
        from earned
        union
        select channel, source_label
        from spent
    )

select
    sources.channel,
    sources.source_label,
    coalesce(funnel.leads, 0) as leads,
    coalesce(funnel.mqls, 0) as mqls,
    coalesce(funnel.sqls, 0) as sqls,
    coalesce(funnel.opportunities, 0) as opportunities,
    coalesce(funnel.customers, 0) as customers,
    coalesce(funnel.wrong_numbers, 0) as wrong_numbers,
    funnel.mql_customers / cast(nullif(funnel.mqls, 0) as double) as mql_to_customer_rate,
    funnel.median_days_to_customer,
    funnel.p90_days_to_customer,
    coalesce(won.deals_won, 0) as deals_won,
    coalesce(won.won_amount, 0) as won_amount,
    coalesce(earned.revenue_lines, 0) as revenue_lines,
    coalesce(earned.revenue_documents, 0) as revenue_documents,
    coalesce(earned.accounts_with_revenue, 0) as accounts_with_revenue,
    coalesce(earned.revenue_amount, 0) as revenue_amount,
    -- Nothing is not zero: of this source no cost is in the data.
    spent.cost_amount,
    -- Ad platforms and CRMs name sources differently; what they share is the channel.
    kinds.cost_kinds,
    sum(spent.known_amount) over by_channel
    / nullif(cast(sum(funnel.leads) over by_channel as double), 0) as channel_cost_per_lead,
    sum(spent.known_amount) over by_channel
    / nullif(cast(sum(funnel.customers) over by_channel as double), 0) as channel_cost_per_customer,
    sum(spent.known_amount) over ()
    / nullif(cast(sum(funnel.leads) over () as double), 0) as all_cost_per_lead,
    sum(spent.known_amount) over ()
    / nullif(cast(sum(funnel.customers) over () as double), 0) as all_cost_per_customer
from sources
left join funnel on sources.channel = funnel.channel and sources.source_label = funnel.source_label
left join won on sources.channel = won.channel and sources.source_label = won.source_label
left join earned on sources.channel = earned.channel and sources.source_label = earned.source_label
left join spent on sources.channel = spent.channel and sources.source_label = spent.source_label
left join kinds on sources.channel = kinds.channel
window by_channel as (partition by sources.channel)
