-- What a customer is worth within the longest horizon that 30 customers of each kind have reached, beside
-- what new customers cost. The margins are those of the signed agreement of July 2026.
with
    won as (
        select
            coalesce(accounts.account, all_deals.company_record, 'person:' || people.person) as customer,
            arg_min(all_deals.margin_rate, all_deals.closed_at) as margin_rate
        from all_deals
        left join accounts on all_deals.company_record = accounts.record
        left join people on all_deals.record = people.record
        where all_deals.is_won and all_deals.closed_at <= getvariable('as_of')
        group by customer
    ),

    -- The last day of each month that is over.
    month_ends as (
        select last_day(cast(month_date as date)) as month_end
        from
            (
                select
                    unnest(
                        generate_series(min(started_date), getvariable('as_of'), interval 1 month)
                    ) as month_date
                from subscriptions
            )
        where last_day(cast(month_date as date)) < milan_date(getvariable('as_of'))
    ),

    paid as (
        select
            subscriptions.account,
            month_ends.month_end,
            coalesce(
                sum(subscriptions.amount) filter (
                    subscriptions.started_date <= month_ends.month_end
                    and coalesce(subscriptions.ended_date > month_ends.month_end, true)
                ),
                0
            ) as amount
        from subscriptions
        cross join month_ends
        group by subscriptions.account, month_ends.month_end
    ),

    -- From the first month that is paid, number 0, on.
    lives as (
        select account, amount, row_number() over (partition by account order by month_end) - 1 as age
        from (select *, min(month_end) filter (amount > 0) over (partition by account) as first_end from paid)
        where month_end >= first_end
    ),

    subscribers as (
        select
            lives.account,
            won.margin_rate,
            count(*) as months,
            min(lives.age) filter (lives.amount = 0) as left_at
        from lives
        inner join won on lives.account = won.customer
        group by lives.account, won.margin_rate
    ),

    month_margin as (
        select sum(lives.amount * subscribers.margin_rate) / count(*) as margin
        from lives
        inner join
            subscribers
            on lives.account = subscribers.account
            and lives.age < coalesce(subscribers.left_at, subscribers.months)
    ),

    -- Kaplan and Meier: of those who paid until the month before and have been followed since, who still
    -- pays.
    ages as (
        select
            ages.age,
            count(*) as at_risk,
            1 - count(*) filter (subscribers.left_at = ages.age) / count(*) as share
        from (select unnest(range(36)) as age) as ages
        inner join
            subscribers on subscribers.months > ages.age and coalesce(subscribers.left_at >= ages.age, true)
        group by ages.age
    ),

    survival as (select *, product(share) over (order by age) as still_pays from ages),

    -- An account that ever subscribed is not one of one-off sales.
    purchases as (
        select coalesce(earned.account, 'person:' || earned.person) as customer, earned.day, earned.amount
        from earned
        left join
            (
                select distinct account
                from subscriptions
                where started_date <= milan_date(getvariable('as_of'))
            ) as payers
            on earned.account = payers.account
        where payers.account is null
    ),

    -- Who came in the month that runs counts from the next one on.
    buyers as (
        select
            purchases.customer,
            won.margin_rate,
            date_trunc('month', min(purchases.day) filter (purchases.amount > 0)) as first_month,
            date_diff(
                'month', min(purchases.day) filter (purchases.amount > 0), milan_date(getvariable('as_of'))
            ) as months
        from purchases
        inner join won on purchases.customer = won.customer
        group by purchases.customer, won.margin_rate
        having months > 0
    ),

    bought as (
        select horizon, buyers.customer, sum(purchases.amount * buyers.margin_rate) as margin
        from (select unnest([6, 12, 24, 36]) as horizon)
        inner join buyers on buyers.months >= horizon
        inner join
            purchases
            on buyers.customer = purchases.customer
            and purchases.day < buyers.first_month + to_months(cast(horizon as integer))
        group by horizon, buyers.customer
    ),

    worth as (
        select
            bought.horizon,
            avg(bought.margin) as buyer,
            (select margin from month_margin)
            * (select sum(still_pays) from survival where age < bought.horizon) as subscriber
        from bought
        group by bought.horizon
        having
            count(*) >= 30
            and (select count(*) from survival where age < bought.horizon and at_risk >= 30) = bought.horizon
        qualify bought.horizon = max(bought.horizon) over ()
    ),

    mixed as (
        select
            horizon,
            (buyer * buyers.number + subscriber * subscribers.number)
            / (buyers.number + subscribers.number) as margin
        from worth
        cross join (select count(margin_rate) as number from buyers) as buyers
        cross join (select count(margin_rate) as number from subscribers) as subscribers
    )

select 'customer_lifetime_value' as kpi, margin as numerator, null as denominator, margin as value
from mixed
union all
select 'clv_to_cac', new_customers * margin, costs, null
from counted, mixed
union all
select 'cac_payback_months', costs, new_customers * margin / horizon, null
from counted, mixed
