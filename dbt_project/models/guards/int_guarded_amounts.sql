with
    opportunities as (select * from {{ ref("fct_opportunities") }}),

    revenue as (select * from {{ ref("fct_revenue") }}),

    ad_spend as (select * from {{ ref("fct_ad_spend") }}),

    costs as (select * from {{ ref("fct_costs") }} where not is_daily_spend),

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
            cast(null as decimal(24, 6)) as company_amount
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
            cast(null as decimal(24, 6)) as company_amount
        from ad_spend
        union all
        select
            'cost' as record_type,
            coalesce(campaign_label, cost_kind) as record_id,
            null as opportunity_id,
            {{ start_of_date("month_date") }} as happened_at,
            system,
            amount,
            currency_code,
            amount_reporting,
            cast(null as decimal(24, 6)) as company_amount
        from costs
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
            cast(null as decimal(24, 6)) as company_amount
        from subscriptions
    ),

    reasons as (
        select
            'known_currencies' as guard,
            amounts.record_type,
            amounts.record_id,
            amounts.opportunity_id,
            amounts.happened_at,
            case
                when amounts.currency_code is null
                then
                    {{ amount_text("amounts.amount") }}
                    || ' has no currency: export its column, or write the currency of '
                    || amounts.system
                    || ' in reference/systems.csv'
                -- The rates of two systems differ a little.
                when
                    abs(amounts.company_amount - amounts.amount_reporting)
                    > 0.1 * abs(amounts.amount_reporting)
                    or (
                        amounts.currency_code = company.currency_code
                        and abs(amounts.company_amount - amounts.amount) >= 0.01
                    )
                then
                    {{ amount_text("amounts.amount") }}
                    || ' '
                    || amounts.currency_code
                    || ' and '
                    || {{ amount_text("amounts.company_amount") }}
                    || ' in company currency contradict each other'
            end as reason
        from amounts
        cross join company
        where amounts.amount is not null
        union all
        select
            'currency_rates' as guard,
            record_type,
            record_id,
            opportunity_id,
            happened_at,
            case
                when amount_reporting is null
                then
                    {{ amount_text("amount") }}
                    || ' '
                    || currency_code
                    || ' has no rate on '
                    || coalesce(cast({{ local_date("happened_at") }} as string), 'the day of the as-of')
            end as reason
        from amounts
        where amount is not null and currency_code is not null
    )

select
    reasons.guard,
    cast(null as string) as clause,
    reasons.record_type,
    reasons.record_id,
    opportunities.person_id,
    opportunities.owner_id,
    cast(null as string) as agreement_version,
    reasons.happened_at,
    1 as row_count,
    reasons.reason
from reasons
left join opportunities on reasons.opportunity_id = opportunities.opportunity_id
