with
    opportunities as (select * from {{ ref("fct_opportunities") }}),

    revenue as (select * from {{ ref("fct_revenue") }}),

    ad_spend as (select * from {{ ref("fct_ad_spend") }}),

    subscriptions as (select * from {{ ref("fct_subscriptions") }}),

    amounts as (
        select
            'opportunity' as record_type,
            opportunity_id as record_id,
            opportunity_id,
            coalesce(closed_at, created_at) as happened_at,
            amount,
            currency_code,
            amount_reporting
        from opportunities
        union all
        select
            'revenue' as record_type,
            revenue_id as record_id,
            opportunity_id,
            revenue_at as happened_at,
            amount,
            currency_code,
            amount_reporting
        from revenue
        union all
        select
            'ad_spend' as record_type,
            ad_spend_id as record_id,
            null as opportunity_id,
            {{ start_of_date("spend_date") }} as happened_at,
            amount,
            currency_code,
            amount_reporting
        from ad_spend
        union all
        select
            'subscription' as record_type,
            subscription_id as record_id,
            opportunity_id,
            {{ start_of_date("started_date") }} as happened_at,
            monthly_amount as amount,
            currency_code,
            amount_reporting
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
        when amounts.amount_reporting is null
        then
            cast(amounts.amount as string)
            || ' '
            || coalesce(amounts.currency_code, 'in no currency')
            || ' has no rate on '
            || cast({{ local_date("amounts.happened_at") }} as string)
    end as reason
from amounts
left join opportunities on amounts.opportunity_id = opportunities.opportunity_id
where amounts.amount is not null
