with
    opportunities as (select * from {{ ref("fct_opportunities") }}),

    revenue as (select * from {{ ref("fct_revenue") }}),

    ad_spend as (select * from {{ ref("fct_ad_spend") }}),

    subscriptions as (select * from {{ ref("fct_subscriptions") }}),

    company as (select * from {{ ref("stg_agreement__company") }}),

    amounts as (
        select
            'opportunity' as record_type,
            opportunity_id as record_id,
            opportunity_id,
            coalesce(closed_at, created_at) as happened_at,
            system,
            amount,
            currency_code,
            amount_reporting,
            company_amount
        from opportunities
        union all
        select
            'revenue' as record_type,
            revenue_id as record_id,
            opportunity_id,
            revenue_at as happened_at,
            system,
            amount,
            currency_code,
            amount_reporting,
            cast(null as decimal(18, 2)) as company_amount
        from revenue
        union all
        select
            'ad_spend' as record_type,
            ad_spend_id as record_id,
            null as opportunity_id,
            {{ start_of_date("spend_date") }} as happened_at,
            system,
            amount,
            currency_code,
            amount_reporting,
            cast(null as decimal(18, 2)) as company_amount
        from ad_spend
        union all
        select
            'subscription' as record_type,
            subscription_id as record_id,
            opportunity_id,
            {{ start_of_date("started_date") }} as happened_at,
            system,
            monthly_amount as amount,
            currency_code,
            amount_reporting,
            cast(null as decimal(18, 2)) as company_amount
        from subscriptions
    )

select
    'currency_rates' as guard,
    cast(null as string) as clause,
    amounts.record_type,
    amounts.record_id,
    opportunities.person_id,
    opportunities.owner_id,
    cast(null as string) as agreement_version,
    amounts.happened_at,
    1 as row_count,
    case
        when amounts.currency_code is null
        then
            cast(amounts.amount as string)
            || ' has no currency: export its column, or write the currency of '
            || amounts.system
            || ' in reference/systems.csv'
        when amounts.amount_reporting is null
        then
            cast(amounts.amount as string)
            || ' '
            || amounts.currency_code
            || ' has no rate on '
            || cast({{ local_date("amounts.happened_at") }} as string)
        -- The rates of two systems differ a little.
        when
            abs(amounts.company_amount - amounts.amount_reporting) > 0.1 * abs(amounts.amount_reporting)
            or (amounts.currency_code = company.currency_code and amounts.company_amount <> amounts.amount)
        then
            cast(amounts.amount as string)
            || ' '
            || amounts.currency_code
            || ' and '
            || cast(amounts.company_amount as string)
            || ' in company currency contradict each other'
    end as reason
from amounts
cross join company
left join opportunities on amounts.opportunity_id = opportunities.opportunity_id
where amounts.amount is not null
