-- Rates of exchange, deals and accounts. Amounts in other currencies are taken at the rate of their day.
create temp view rates as
select
    currency_code,
    valid_from,
    lead(valid_from, 1, date '9999-01-01') over (partition by currency_code order by valid_from) as valid_to,
    rate_to_reporting as rate
from raw.reference__currency_rates;

-- Every deal; Salesforce has the instant of its end beside the day. The margins are agreed alike in both
-- versions.
create temp table all_deals as
select
    'hubspot:' || record_id as deal,
    'hubspot:' || trim(split_part(associated_contact_ids, ';', 1)) as record,
    'hubspot:' || associated_company_ids as company_record,
    deal_type = 'newbusiness' as is_new,
    deal_stage in ('Closed Won', 'Closed Lost') as has_ended,
    deal_stage = 'Closed Won' as is_won,
    utc(create_date) as opened_at,
    utc(close_date) as closed_at,
    milan_date(utc(close_date)) as closed_date,
    true as has_end_time,
    amount,
    currency,
    case business_unit when 'Small Business' then 0.42 when 'Enterprise' then 0.36 end as margin_rate
from raw.hubspot__deals
qualify row_number() over (partition by record_id order by _load_number desc, _line desc) = 1
union all
select
    'salesforce:' || salesforce_id(id),
    'salesforce:' || salesforce_id(contact_id),
    'salesforce:' || salesforce_id(account_id),
    type = 'New Customer',
    is_closed,
    is_won,
    created_date,
    coalesce(last_stage_change_date, utc(cast(close_date as timestamp))),
    cast(close_date as date),
    last_stage_change_date is not null,
    amount,
    currency_iso_code,
    case business_unit when 'Small Business' then 0.42 when 'Enterprise' then 0.36 end
from raw.salesforce__opportunities
where not is_deleted;

-- New business that has ended.
create temp table ended as
select all_deals.*, people.person, cast(all_deals.amount * rates.rate as decimal(24, 6)) as amount_eur
from all_deals
left join people on all_deals.record = people.record
left join
    rates
    on all_deals.currency = rates.currency_code
    and all_deals.closed_date >= rates.valid_from
    and all_deals.closed_date < rates.valid_to
where all_deals.is_new and all_deals.has_ended and all_deals.closed_at <= getvariable('as_of');

-- The records of companies that have one web domain are one account.
create temp table accounts as
select record, coalesce('domain:' || domain, record) as account, domain
from
    (
        select 'hubspot:' || record_id as record, lower(company_domain_name) as domain
        from raw.hubspot__companies
        union all
        select 'salesforce:' || salesforce_id(id), regexp_extract(lower(website), '^(https?://)?(www\.)?([^/]+)', 3)
        from raw.salesforce__accounts
        union all
        select 'billing:' || customer_id, lower(website)
        from raw.billing__customers
    );
