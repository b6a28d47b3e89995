-- A customer of a period is the account (the person, where no account is known) whose paid subscription ran
-- on the day before it began; or with which a deal was won by then, where no file has a subscription of it.
-- Who becomes one in the middle of a period is a customer of the next.
with
    -- By the version in force when the period begins, and so in one version only.
    periods as (
        select distinct
            measure,
            period,
            period_date,
            end_date,
            started_at,
            is_over and is_shown_from_start and not is_behind as is_known
        from {{ ref("int_measure_periods") }} as periods
        where measure in ({{ customer_measures() }}) and {{ in_force_at("periods", "periods.started_at") }}
    ),

    persons as (select * from {{ ref("dim_person") }}),

    activities as (
        select *
        from {{ ref("fct_activities") }}
        where is_contact and activity_class in ('contact', 'conversation')
    ),

    activity_persons as (select * from {{ ref("fct_activity_persons") }}),

    subscriptions as (
        select account_id as customer_id, started_date, coalesce(ended_date, date '9999-12-31') as ended_date
        from {{ ref("fct_subscriptions") }}
        where not is_trial and monthly_amount > 0
    ),

    won as (
        select
            coalesce(opportunities.account_id, persons.account_id, opportunities.person_id) as customer_id,
            opportunities.*
        from {{ ref("fct_opportunities") }} as opportunities
        left join persons on opportunities.person_id = persons.person_id
        where opportunities.status = 'won' and opportunities.closed_date is not null
    ),

    subscribers as (select distinct customer_id from subscriptions),

    buyers as (
        select won.customer_id, min(won.closed_date) as first_date
        from won
        left join subscribers on won.customer_id = subscribers.customer_id
        where subscribers.customer_id is null and won.customer_id is not null
        group by won.customer_id
    ),

    customers as (
        select distinct periods.*, subscriptions.customer_id
        from periods
        inner join
            subscriptions
            on subscriptions.started_date < periods.period_date
            and subscriptions.ended_date >= periods.period_date
        union all
        select periods.*, buyers.customer_id
        from periods
        inner join buyers on buyers.first_date < periods.period_date
        where periods.measure = 'customers_contacted'
    ),

    contacts as (
        select distinct
            coalesce(persons.account_id, persons.person_id) as customer_id, activities.happened_date
        from activities
        inner join activity_persons on activities.activity_id = activity_persons.activity_id
        inner join persons on activity_persons.person_id = persons.person_id
    ),

    -- What keeps the promise: a contact within the period, a subscription that runs after its last day.
    kept as (
        select distinct customers.measure, customers.period, customers.period_date, customers.customer_id
        from customers
        inner join
            contacts
            on customers.customer_id = contacts.customer_id
            and contacts.happened_date >= customers.period_date
            and contacts.happened_date < customers.end_date
        where customers.measure = 'customers_contacted'
        union all
        select distinct customers.measure, customers.period, customers.period_date, customers.customer_id
        from customers
        inner join
            subscriptions
            on customers.customer_id = subscriptions.customer_id
            and subscriptions.started_date < customers.end_date
            and subscriptions.ended_date >= customers.end_date
        where customers.measure = 'customer_retention'
    ),

    -- The owner and the stream of the deal that the customer had won last.
    with_deals as (
        select customers.*, won.owner_id, won.revenue_stream
        from customers
        left join won on customers.customer_id = won.customer_id and won.closed_date < customers.period_date
        qualify
            row_number() over (
                partition by customers.measure, customers.period, customers.period_date, customers.customer_id
                order by won.closed_at desc nulls last, won.opportunity_id
            )
            = 1
    )

select
    with_deals.measure,
    with_deals.customer_id
    || ':'
    || with_deals.period
    || ':'
    || cast(with_deals.period_date as string) as case_id,
    with_deals.period,
    with_deals.period_date,
    with_deals.started_at,
    with_deals.customer_id,
    with_deals.owner_id,
    with_deals.revenue_stream,
    -- Who was contacted stays so; all else is known when the period is over and the files reach its end.
    cast(
        case
            when
                kept.customer_id is not null
                and (with_deals.measure = 'customers_contacted' or with_deals.is_known)
            then 1
            when with_deals.is_known
            then 0
        end as double
    ) as measured
from with_deals
left join kept using (measure, period, period_date, customer_id)
