-- The reporting currency is worth 1 of itself at any time, with or without a rate for it.
with
    rates as (
        select currency_code, valid_from, cast(rate_to_reporting as double) as rate_to_reporting
        from {{ source("reference", "currency_rates") }}
        where currency_code != (select currency_code from {{ ref("stg_agreement__company") }})
    ),

    all_rates as (
        select *
        from rates
        union all
        select currency_code, date '0001-01-01' as valid_from, cast(1 as double) as rate_to_reporting
        from {{ ref("stg_agreement__company") }}
    )

select
    currency_code,
    valid_from,
    coalesce(
        lead(valid_from) over (partition by currency_code order by valid_from), date '9999-12-31'
    ) as valid_to,
    rate_to_reporting
from all_rates
