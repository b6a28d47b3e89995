with
    revenue as (
        select *
        from {{ ref("int_revenue") }}
        where {{ until_as_of("revenue_at") }} and exclusion_reason is null
    ),

    opportunities as (select * from {{ ref("fct_opportunities") }}),

    rates as (select * from {{ ref("int_currency_rates") }}),

    person_links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    journeys as (select * from {{ ref("int_journeys") }}),

    account_links as (select * from {{ ref("int_account_links") }}),

    lines as (
        select
            revenue.*,
            {{ global_id("revenue.system", "revenue.revenue_record_id") }} as revenue_id,
            coalesce(
                account_links.account_id, {{ global_id("revenue.system", "revenue.account_record_id") }}
            ) as account_id,
            {{ global_id("revenue.system", "revenue.opportunity_record_id") }} as named_opportunity_id,
            person_links.person_id as paying_person_id
        from revenue
        left join
            person_links
            on revenue.system = person_links.system
            and revenue.person_record_id = person_links.person_record_id
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

    -- Without an opportunity it belongs to the journey on which the person who paid was.
    paying_journeys as (
        select lines.revenue_id, journeys.journey_id
        from lines
        inner join
            journeys
            on lines.paying_person_id = journeys.person_id
            and lines.revenue_at >= journeys.counts_from
            and lines.revenue_at < journeys.counts_to
    ),

    matched as (
        select
            lines.*,
            coalesce(lines.named_opportunity_id, latest_won.opportunity_id) as opportunity_id,
            paying_journeys.journey_id as paying_journey_id
        from lines
        left join latest_won on lines.revenue_id = latest_won.revenue_id
        left join paying_journeys on lines.revenue_id = paying_journeys.revenue_id
    )

select
    matched.revenue_id,
    matched.system,
    matched.revenue_document_id,
    matched.account_id,
    opportunities.opportunity_id,
    coalesce(opportunities.person_id, matched.paying_person_id) as person_id,
    case
        when opportunities.person_id is null then matched.paying_journey_id else opportunities.journey_id
    end as journey_id,
    matched.revenue_at,
    {{ local_date("matched.revenue_at") }} as revenue_date,
    {{ local_date("matched.due_at") }} as due_date,
    matched.is_paid,
    matched.amount,
    matched.currency_code,
    {{ in_reporting_currency("matched.amount") }} as amount_reporting
from matched
left join opportunities on matched.opportunity_id = opportunities.opportunity_id
left join
    rates
    on matched.currency_code = rates.currency_code
    and {{ in_force("rates", local_date("matched.revenue_at")) }}
