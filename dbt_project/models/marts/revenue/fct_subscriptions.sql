with
    subscriptions as (
        select *
        from {{ ref("int_subscriptions") }}
        where {{ until_as_of(start_of_date("started_date")) }} and exclusion_reason is null
    ),

    build as (select * from {{ ref("dim_build") }}),

    opportunities as (select * from {{ ref("fct_opportunities") }}),

    rates as (select * from {{ ref("int_currency_rates") }}),

    account_links as (select * from {{ ref("int_account_links") }}),

    -- A subscription that ends after the as-of is still running.
    known as (
        select
            subscriptions.*,
            build.as_of_date,
            case
                when subscriptions.ended_date <= build.as_of_date then subscriptions.ended_date
            end as known_ended_date
        from subscriptions
        cross join build
    )

select
    {{ global_id("known.system", "known.subscription_record_id") }} as subscription_id,
    known.system,
    coalesce(
        account_links.account_id, {{ global_id("known.system", "known.account_record_id") }}
    ) as account_id,
    opportunities.opportunity_id,
    known.plan_label,
    known.is_trial,
    known.started_date,
    known.known_ended_date as ended_date,
    {{ months_between("known.started_date", "coalesce(known.known_ended_date, known.as_of_date)") }}
    as months,
    known.monthly_amount,
    known.currency_code,
    {{ in_reporting_currency("known.monthly_amount") }} as amount_reporting
from known
left join
    account_links
    on {{ global_id("known.system", "known.account_record_id") }} = account_links.account_record_id
left join
    opportunities
    on {{ global_id("known.system", "known.opportunity_record_id") }} = opportunities.opportunity_id
left join rates on known.currency_code = rates.currency_code and {{ in_force("rates", "known.started_date") }}
