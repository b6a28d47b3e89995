-- The company's own rates go first, a currency at a time: they hold until the next one. A published rate
-- holds over weekends and holidays, not for ever: after a week without a new one the currency has none, but
-- for what is planned. The reporting currency is worth 1 of itself at any time, with or without a rate.
with
    company as (select currency_code from {{ ref("stg_agreement__company") }}),

    as_of as (select *, {{ local_date("as_of") }} as as_of_date from {{ ref("int_as_of") }}),

    own as (
        select currency_code, valid_from, cast(rate_to_reporting as double) as rate_to_reporting
        from {{ source("reference", "currency_rates") }}
        where currency_code != (select currency_code from company)
    ),

    own_currencies as (select distinct currency_code from own),

    exchange_rates as (select * from {{ ref("int_exchange_rates") }}),

    -- Both as one unit of the same base costs them on the same day.
    quoted as (
        select system, base_currency_code, published_date, currency_code, exchange_rate
        from exchange_rates
        union all
        select distinct
            system,
            base_currency_code,
            published_date,
            base_currency_code as currency_code,
            1 as exchange_rate
        from exchange_rates
    ),

    published as (
        select
            quoted.currency_code,
            quoted.published_date as valid_from,
            reporting.exchange_rate / quoted.exchange_rate as rate_to_reporting
        from quoted
        inner join
            quoted as reporting
            on quoted.system = reporting.system
            and quoted.base_currency_code = reporting.base_currency_code
            and quoted.published_date = reporting.published_date
        inner join company on reporting.currency_code = company.currency_code
        cross join as_of
        left join own_currencies on quoted.currency_code = own_currencies.currency_code
        where
            quoted.currency_code <> company.currency_code
            and own_currencies.currency_code is null
            -- The bank's file begins in 1999. What is older than this has no rate, and the guard lists it.
            and quoted.published_date >= {{ local_date(dbt.dateadd("year", -3, "as_of.data_from")) }}
        qualify
            row_number() over (
                partition by quoted.currency_code, quoted.published_date
                order by quoted.system, quoted.base_currency_code
            )
            = 1
    ),

    all_rates as (
        select currency_code, valid_from, rate_to_reporting, null as days_valid
        from own
        union all
        select currency_code, valid_from, rate_to_reporting, 7 as days_valid
        from published
        union all
        select currency_code, date '0001-01-01' as valid_from, 1 as rate_to_reporting, null as days_valid
        from company
    ),

    followed as (
        select
            *,
            lead(valid_from) over (partition by currency_code order by valid_from) as next_valid_from,
            cast({{ dbt.dateadd("day", "days_valid", "valid_from") }} as date) as last_valid_to
        from all_rates
    )

select
    followed.currency_code,
    followed.valid_from,
    case
        when
            followed.next_valid_from is null
            and (followed.days_valid is null or followed.last_valid_to > as_of.as_of_date)
        then date '9999-12-31'
        when followed.days_valid is null or followed.next_valid_from < followed.last_valid_to
        then followed.next_valid_from
        else followed.last_valid_to
    end as valid_to,
    cast(followed.rate_to_reporting as double) as rate_to_reporting
from followed
cross join as_of
