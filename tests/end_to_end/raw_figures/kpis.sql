-- The key figures of the quarter from July to September 2026: numerator, denominator, and value where it
-- is not a quotient. Amounts in other currencies at the rate of their day.
with
    quarter as (select date '2026-07-01' as first_day, date '2026-10-01' as next_day),

    rates as (
        select
            currency_code,
            valid_from,
            lead(valid_from, 1, date '9999-01-01') over (
                partition by currency_code order by valid_from
            ) as valid_to,
            rate_to_reporting as rate
        from raw.reference__currency_rates
    ),

    -- New business that has ended; Salesforce has the instant of it beside the day.
    deals as (
        select
            'hubspot:' || record_id as deal,
            utc(close_date) as closed_at,
            milan_date(utc(close_date)) as closed_date,
            deal_stage = 'Closed Won' as is_won,
            amount,
            currency,
            'hubspot:' || trim(split_part(associated_contact_ids, ';', 1)) as record
        from raw.hubspot__deals
        where deal_type = 'newbusiness' and deal_stage in ('Closed Won', 'Closed Lost')
        qualify row_number() over (partition by record_id order by _load_number desc, _line desc) = 1
        union all
        select
            'salesforce:' || salesforce_id(id),
            last_stage_change_date,
            cast(close_date as date),
            is_won,
            amount,
            currency_iso_code,
            'salesforce:' || salesforce_id(contact_id)
        from raw.salesforce__opportunities
        where type = 'New Customer' and is_closed and not is_deleted
    ),

    ended as (
        select deals.*, people.person, cast(deals.amount * rates.rate as decimal(24, 6)) as amount_eur
        from deals
        left join people on deals.record = people.record
        left join
            rates
            on deals.currency = rates.currency_code
            and deals.closed_date >= rates.valid_from
            and deals.closed_date < rates.valid_to
    ),

    ended_in_quarter as (
        select ended.*
        from ended, quarter
        where ended.closed_date >= quarter.first_day and ended.closed_date < quarter.next_day
    ),

    cycles as (
        select won.deal, epoch(won.closed_at - max(handed_over.mql_at)) / 86400 as days
        from ended_in_quarter as won
        inner join handed_over on won.person = handed_over.person and handed_over.mql_at <= won.closed_at
        where won.is_won
        group by won.deal, won.closed_at
    ),

    -- Who came, and who came again after sales or marketing had sent them away or a deal was lost.
    away as (
        select person, moved_at
        from moves
        where stage in ('Recycled', 'Rejected by Sales', 'Disqualified')
        union all
        select person, closed_at
        from ended
        where not is_won
    ),

    entered as (
        select person, milan_date(utc(create_date)) as entered_date
        from contacts
        union all
        select lead_people.person, milan_date(min(leads.created_date))
        from lead_people
        inner join leads on lead_people.lead_id = leads.lead_id
        where lead_people.person like 'salesforce:%'
        group by lead_people.person
        union all
        select distinct handed_over.person, milan_date(handed_over.mql_at)
        from handed_over
        inner join away on handed_over.person = away.person and away.moved_at < handed_over.mql_at
    ),

    -- A portal keeps the latest date of a stage: who was beyond MQL before it had been MQL by then.
    mqls as (
        select milan_date(mql_at) as mql_date
        from handed_over
        union all
        select milan_date(min(moves.moved_at))
        from moves
        left join
            (select person, min(mql_at) as mql_at from handed_over group by person) as firsts
            on moves.person = firsts.person
        where moves.stage in ('Sales Accepted Lead', 'Sales Qualified Lead', 'Opportunity', 'Customer')
        group by moves.person, firsts.mql_at
        having coalesce(min(moves.moved_at) < firsts.mql_at, true)
    ),

    customers as (
        select person, milan_date(min(closed_at)) as customer_date from ended where is_won group by person
    ),

    spend as (
        -- Its second report begins before the first one ends.
        (
            select day, cost as amount, currency
            from raw.google_ads__campaign_report
            qualify
                row_number() over (partition by day, campaign_id order by _load_number desc, _line desc) = 1
        )
        union all
        select day, cost, currency
        from raw.linkedin_ads__campaign_report
        union all
        -- The one currency is in the header.
        select day, map_values(amount_spent)[1], upper(map_keys(amount_spent)[1])
        from raw.meta_ads__campaign_report
        union all
        select day, cost, currency
        from raw.microsoft_ads__campaign_report
    ),

    ads as (
        select sum(cast(spend.amount * rates.rate as decimal(24, 6))) as amount
        from spend, quarter, rates
        where
            spend.day >= quarter.first_day
            and spend.day < quarter.next_day
            and spend.currency = rates.currency_code
            and spend.day >= rates.valid_from
            and spend.day < rates.valid_to
    ),

    -- No trade show begins in one quarter and ends in another.
    fairs as (
        select sum(actual_cost) as amount
        from raw.salesforce__campaigns, quarter
        where start_date >= quarter.first_day and end_date < quarter.next_day
    ),

    -- What of an invoice has a cost, and that cost.
    costed as (
        select associated_invoice_ids as invoice, sum(net_price) as amount, sum(unit_cost * quantity) as cost
        from raw.hubspot__line_items
        where unit_cost is not null and associated_invoice_ids is not null
        group by associated_invoice_ids
    ),

    -- Small business is billed in one system, enterprise in the other, with its agreed margin where no cost is known.
    lines as (
        select
            invoice_date as day,
            amount_billed as amount,
            invoices.currency,
            associated_company_ids as account,
            0.42 * (amount_billed - coalesce(costed.amount, 0))
            + coalesce(costed.amount - costed.cost, 0) as margin
        from raw.hubspot__invoices as invoices
        left join costed on invoices.record_id = costed.invoice
        union all
        select
            milan_date(invoiced_at_utc),
            total - tax,
            upper(currency),
            nullif(replace(customer_id, 'cus_', ''), ''),
            0.36 * (total - tax)
        from raw.billing__invoices
        where status in ('paid', 'open')
    ),

    earned as (
        select
            lines.day >= quarter.first_day as is_of_quarter,
            lines.account,
            cast(lines.amount * rates.rate as decimal(24, 6)) as amount,
            lines.margin * rates.rate as margin
        from lines, quarter, rates
        where
            lines.day >= quarter.first_day - interval 3 month
            and lines.day < quarter.next_day
            and lines.currency = rates.currency_code
            and lines.day >= rates.valid_from
            and lines.day < rates.valid_to
    ),

    revenue as (
        select
            sum(amount) filter (is_of_quarter) as amount,
            sum(margin) filter (is_of_quarter) as margin,
            sum(amount) filter (not is_of_quarter) as base,
            sum(amount) filter (is_of_quarter and account is not null) as of_accounts,
            count(distinct account) filter (is_of_quarter) as accounts
        from earned
    ),

    -- By when the lead came last before the first deal was won.
    customers_entered as (
        select customers.person, max(entered.entered_date) as entered_date
        from customers
        inner join
            entered on customers.person = entered.person and entered.entered_date <= customers.customer_date
        group by customers.person
    ),

    subscriptions as (
        select
            customer_id,
            milan_date(started_at_utc) as started_date,
            milan_date(ended_at_utc) as ended_date,
            amount * quantity / case billing_interval when 'year' then 12 else 1 end as amount
        from raw.billing__subscriptions
    ),

    accounts as (
        select
            customer_id,
            coalesce(
                sum(amount) filter (started_date < first_day and coalesce(ended_date >= first_day, true)), 0
            ) as opening,
            coalesce(
                sum(amount) filter (started_date < next_day and coalesce(ended_date >= next_day, true)), 0
            ) as closing
        from subscriptions, quarter
        group by customer_id
    ),

    answers as (
        select if(_file like '%nps%', 'nps', 'csat') as asked, score
        from raw.surveys__responses, quarter
        where
            (_file like '%nps%' or _file like '%csat%')
            and milan_date(answered_at_utc) >= first_day
            and milan_date(answered_at_utc) < next_day
    ),

    counted as (
        select
            (select amount from ads) as ads,
            (select amount from ads) + (select amount from fairs) as costs,
            (
                select count(*) from entered where entered_date >= first_day and entered_date < next_day
            ) as leads,
            (select count(*) from mqls where mql_date >= first_day and mql_date < next_day) as mqls,
            (
                select count(*) from customers where customer_date >= first_day and customer_date < next_day
            ) as customers
        from quarter
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
select 'lead_to_customer_rate', customers, leads, null
from counted
union all
select 'customer_acquisition_cost', costs, customers, null
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
select 'revenue_growth_previous', amount - base, base, null
from revenue
union all
select 'gross_margin_rate', margin, amount, null
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
        from customers_entered, quarter
        where entered_date >= first_day and entered_date < next_day
    ),
    null
from counted
union all
select 'recurring_revenue', sum(closing), null, sum(closing)
from accounts
union all
select 'logo_churn_rate', count(*) filter (closing = 0), count(*), null
from accounts
where opening > 0
union all
select 'gross_retention_rate', sum(least(opening, closing)), sum(opening), null
from accounts
where opening > 0
union all
select 'net_retention_rate', sum(closing), sum(opening), null
from accounts
where opening > 0
union all
select 'nps', sum(case when score >= 9 then 100 when score >= 7 then 0 else -100 end), count(*), null
from answers
where asked = 'nps'
union all
select 'csat', sum(score), count(*), null
from answers
where asked = 'csat'
