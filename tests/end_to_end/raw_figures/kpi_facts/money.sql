-- What was spent, billed and subscribed.
create temp view spend as
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
from raw.microsoft_ads__campaign_report;

-- What of an invoice has a cost, and that cost.
create temp view costed as
select associated_invoice_ids as invoice, sum(net_price) as amount, sum(unit_cost * quantity) as cost
from raw.hubspot__line_items
where unit_cost is not null and associated_invoice_ids is not null
group by associated_invoice_ids;

-- Each invoice with the agreed margin on what of it has no cost: that of its deal, else of the last deal
-- that the account had won. What names no company is of the person whom its deal names.
create temp view invoices as
select
    invoice_date as day,
    invoices.amount_billed as amount,
    invoices.currency,
    coalesce(accounts.account, 'hubspot:' || invoices.associated_company_ids) as account,
    people.person,
    all_deals.margin_rate * (invoices.amount_billed - coalesce(costed.amount, 0))
    + coalesce(costed.amount - costed.cost, 0) as margin
from raw.hubspot__invoices as invoices
left join costed on invoices.record_id = costed.invoice
left join all_deals on 'hubspot:' || invoices.associated_deal_ids = all_deals.deal
left join accounts on 'hubspot:' || invoices.associated_company_ids = accounts.record
left join people on all_deals.record = people.record
union all
select
    coalesce(milan_date(bills.invoiced_at_utc), cast(bills.invoiced_at as date)),
    bills.total - bills.tax,
    upper(bills.currency),
    coalesce(accounts.account, 'billing:' || bills.customer_id),
    null,
    (bills.total - bills.tax) * last_won.margin_rate
from raw.billing__invoices as bills
left join accounts on 'billing:' || bills.customer_id = accounts.record
left join
    (
        select accounts.account, arg_max(all_deals.margin_rate, all_deals.closed_at) as margin_rate
        from all_deals
        inner join accounts on all_deals.company_record = accounts.record
        where all_deals.is_won
        group by accounts.account
    ) as last_won
    on accounts.account = last_won.account
where bills.status in ('paid', 'open');

create temp table earned as
select
    invoices.day,
    invoices.account,
    invoices.person,
    cast(invoices.amount * rates.rate as decimal(24, 6)) as amount,
    invoices.margin * rates.rate as margin
from invoices
inner join
    rates
    on invoices.currency = rates.currency_code
    and invoices.day >= rates.valid_from
    and invoices.day < rates.valid_to;

-- A trial is paid from its end on, by who stayed.
create temp table subscriptions as
select
    coalesce(accounts.account, 'billing:' || customer_id) as account,
    milan_date(coalesce(trial_end_at_utc, started_at_utc)) as started_date,
    milan_date(ended_at_utc) as ended_date,
    amount * quantity / case billing_interval when 'year' then 12 else 1 end as amount
from raw.billing__subscriptions
left join accounts on 'billing:' || customer_id = accounts.record
where coalesce(ended_at_utc > trial_end_at_utc, true);

create temp view ads as
select sum(cast(spend.amount * rates.rate as decimal(24, 6))) as amount
from spend, quarter, rates
where
    spend.day >= quarter.first_day
    and spend.day < quarter.next_day
    and spend.currency = rates.currency_code
    and spend.day >= rates.valid_from
    and spend.day < rates.valid_to;

-- No trade show begins in one quarter and ends in another.
create temp view fairs as
select sum(actual_cost) as amount
from raw.salesforce__campaigns, quarter
where start_date >= quarter.first_day and end_date < quarter.next_day;

create temp view counted as
select
    (select amount from ads) as ads,
    (select amount from ads) + coalesce((select amount from fairs), 0) as costs,
    (
        select count(*) from entered where entered_date >= first_day and entered_date < next_day
    ) as leads,
    (select count(*) from mqls where mql_date >= first_day and mql_date < next_day) as mqls,
    (
        select count(*) from new_customers where customer_date >= first_day and customer_date < next_day
    ) as new_customers
from quarter;
