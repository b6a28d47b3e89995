-- The key figures whose cases are counted, or added up, in the quarter.
with
    ended_in_quarter as (
        select ended.*
        from ended, quarter
        where ended.closed_date >= quarter.first_day and ended.closed_date < quarter.next_day
    ),

    -- A deal that was opened after another one of the same handoff was won takes from its opening.
    begun as (
        select
            won.deal,
            won.closed_at,
            won.closed_date,
            won.has_end_time,
            if(
                exists (
                    select 1
                    from ended as former
                    where
                        former.is_won
                        and former.person = won.person
                        and former.closed_at between max(handed_over.mql_at) and won.opened_at
                ),
                won.opened_at,
                max(handed_over.mql_at)
            ) as begun_at
        from ended_in_quarter as won
        inner join handed_over on won.person = handed_over.person and handed_over.mql_at <= won.closed_at
        where won.is_won
        group by won.deal, won.closed_at, won.closed_date, won.has_end_time, won.opened_at, won.person
    ),

    -- Of a deal that ended on a day without a time it is whole days.
    cycles as (
        select
            deal,
            if(
                has_end_time,
                epoch(closed_at - begun_at) / 86400,
                date_diff('day', milan_date(begun_at), closed_date)
            ) as days
        from begun
    ),

    spans as (
        select
            earned.*,
            earned.day >= first_day and earned.day < next_day as is_present,
            earned.day >= first_day - interval 3 month and earned.day < first_day as is_before,
            earned.day >= first_day - interval 12 month
            and earned.day < next_day - interval 12 month as is_year_before
        from earned, quarter
    ),

    -- The first month with revenue may not be whole: what is compared with has to begin after it.
    revenue as (
        select
            sum(amount) filter (is_present) as amount,
            sum(margin) filter (is_present) as margin,
            sum(amount) filter (is_present and margin is not null) as margin_base,
            sum(amount) filter (is_before) as base,
            sum(amount) filter (is_year_before) as year_base,
            date_trunc('month', min(day)) < first_day - interval 3 month
            and next_day <= milan_date(getvariable('as_of')) as is_base_known,
            date_trunc('month', min(day)) < first_day - interval 12 month
            and next_day <= milan_date(getvariable('as_of')) as is_year_base_known,
            sum(amount) filter (is_present and account is not null) as of_accounts,
            count(distinct account) filter (is_present) as accounts
        from spans, quarter
        group by first_day, next_day
    ),

    -- Each entry of a lead: old enough to have had 90 days, and a customer by then.
    given_90_days as (
        select
            entered.entered_date + 90 <= milan_date(getvariable('as_of')) as is_old_enough,
            coalesce(customers.customer_date <= entered.entered_date + 90, false) as is_customer
        from quarter, entered
        left join
            customers_entered
            on entered.person = customers_entered.person
            and entered.entered_date = customers_entered.entered_date
        left join customers on customers_entered.person = customers.person
        where entered.entered_date >= first_day and entered.entered_date < next_day
    ),

    payers as (
        select
            account,
            coalesce(
                sum(amount) filter (started_date < first_day and coalesce(ended_date >= first_day, true)), 0
            ) as opening,
            coalesce(
                sum(amount) filter (started_date < next_day and coalesce(ended_date >= next_day, true)), 0
            ) as closing
        from subscriptions, quarter
        group by account
    ),

    -- A recommendation is a score from 0 to 10.
    answers as (
        select if(_file like '%nps%', 'nps', 'csat') as asked, score
        from
            (
                select *, milan_date(coalesce(answered_at_utc, utc(answered_at))) as day
                from raw.surveys__responses
            ),
            quarter
        where
            (_file like '%csat%' or (_file like '%nps%' and score between 0 and 10))
            and day >= first_day
            and day < next_day
    )

select 'cost_per_lead' as kpi, costs as numerator, leads as denominator, null as value
from counted
union all
select 'ad_cost_per_lead', ads, leads, null
from counted
union all
select 'cost_per_mql', costs, mqls, null
from counted
union all
select 'lead_to_customer_rate', new_customers, leads, null
from counted
union all
select 'customer_acquisition_cost', costs, new_customers, null
from counted
union all
select 'win_rate', count(*) filter (is_won), count(*), null
from ended_in_quarter
union all
select 'average_deal', sum(amount_eur), count(*), null
from ended_in_quarter
where is_won
union all
select 'sales_cycle_median_days', null, count(*), median(days)
from cycles
union all
select 'sales_cycle_p90_days', null, count(*), quantile_cont(days, 0.9)
from cycles
union all
select 'revenue', amount, null, amount
from revenue
union all
select
    'revenue_growth_previous',
    amount - coalesce(base, 0),
    base,
    case when is_base_known then (amount - base) / base end
from revenue
union all
select
    'revenue_growth_year',
    amount - coalesce(year_base, 0),
    year_base,
    case when is_year_base_known then (amount - year_base) / year_base end
from revenue
union all
select
    'lead_to_customer_rate_90d',
    count(*) filter (is_old_enough and is_customer),
    count(*) filter (is_old_enough),
    case when bool_and(is_old_enough) then count(*) filter (is_customer) / count(*) end
from given_90_days
union all
select 'gross_margin_rate', margin, margin_base, null
from revenue
union all
select 'revenue_per_account', of_accounts, accounts, null
from revenue
union all
select
    'customer_acquisition_cost_cohort',
    costs,
    (
        select count(*)
        from customers_entered
        inner join new_customers on customers_entered.person = new_customers.person, quarter
        where entered_date >= first_day and entered_date < next_day
    ),
    null
from counted
union all
select 'recurring_revenue', sum(closing), null, sum(closing)
from payers
union all
select 'logo_churn_rate', count(*) filter (closing = 0), count(*), null
from payers
where opening > 0
having count(*) > 0
union all
select 'gross_retention_rate', sum(least(opening, closing)), sum(opening), null
from payers
where opening > 0
having count(*) > 0
union all
select 'net_retention_rate', sum(closing), sum(opening), null
from payers
where opening > 0
having count(*) > 0
union all
select 'expansion_revenue', sum(greatest(closing - opening, 0)), null, sum(greatest(closing - opening, 0))
from payers
where opening > 0
having count(*) > 0
union all
select 'nps', sum(case when score >= 9 then 100 when score >= 7 then 0 else -100 end), count(*), null
from answers
where asked = 'nps'
union all
select 'csat', sum(score), count(*), null
from answers
where asked = 'csat'
