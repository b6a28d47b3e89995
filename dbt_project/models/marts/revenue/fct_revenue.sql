with
    revenue as (
        select *
        from {{ ref("int_revenue") }}
        where {{ until_as_of("revenue_at") }} and exclusion_reason is null
    ),

    opportunities as (select * from {{ ref("fct_opportunities") }}),

    rates as (select * from {{ ref("int_currency_rates") }}),

    account_links as (select * from {{ ref("int_account_links") }}),

    lines as (
        select
            revenue.*,
            {{ global_id("revenue.system", "revenue.revenue_record_id") }} as revenue_id,
            coalesce(
                account_links.account_id, {{ global_id("revenue.system", "revenue.account_record_id") }}
            ) as account_id,
            {{ global_id("revenue.system", "revenue.opportunity_record_id") }} as named_opportunity_id
        from revenue
        left join
            account_links
            on {{ global_id("revenue.system", "revenue.account_record_id") }}
            = account_links.account_record_id
    ),

    -- A line that names no opportunity belongs to the latest one that its account had won by then.
    latest_won as (
        select lines.revenue_id, opportunities.opportunity_id
        from lines
        inner join
            opportunities
            on lines.account_id = opportunities.account_id
            and lines.revenue_at >= opportunities.closed_at
        where lines.named_opportunity_id is null and opportunities.status = 'won'
        qualify
            row_number() over (
                partition by lines.revenue_id
                order by opportunities.closed_at desc, opportunities.opportunity_id
            )
            = 1
    ),

    matched as (
        select lines.*, coalesce(lines.named_opportunity_id, latest_won.opportunity_id) as opportunity_id
        from lines
        left join latest_won on lines.revenue_id = latest_won.revenue_id
    )

select
    matched.revenue_id,
    matched.system,
    matched.revenue_document_id,
    matched.account_id,
    opportunities.opportunity_id,
    opportunities.person_id,
    opportunities.journey_id,
    matched.revenue_at,
    {{ local_date("matched.revenue_at") }} as revenue_date,
    matched.amount,
    matched.currency_code,
    cast({{ rounded("matched.amount * rates.rate_to_reporting", 2) }} as decimal(18, 2)) as amount_reporting
from matched
left join opportunities on matched.opportunity_id = opportunities.opportunity_id
left join
    rates
    on matched.currency_code = rates.currency_code
    and {{ in_force("rates", local_date("matched.revenue_at")) }}
