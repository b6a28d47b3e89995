with
    disputes as (select * from {{ ref("fct_disputes") }}),

    build as (select * from {{ ref("dim_build") }}),

    spans as (
        select
            disputes.*,
            cast(date_trunc('month', disputes.opened_date) as date) as first_date,
            coalesce(disputes.decided_date, build.as_of_date) as last_date
        from disputes
        cross join build
    ),

    numbers as (
        select value
        from
            {{
                integer_series(
                    "0",
                    "(select coalesce(max("
                    ~ months_between("first_date", "last_date")
                    ~ "), -1) from spans)",
                )
            }}
    ),

    months as (
        select
            spans.*,
            {{ add_months("spans.first_date", "numbers.value") }} as month_date,
            {{ add_months("spans.first_date", "numbers.value + 1") }} as end_date
        from spans
        inner join numbers on numbers.value <= {{ months_between("spans.first_date", "spans.last_date") }}
    ),

    states as (
        select
            *,
            opened_date >= month_date as is_opened,
            case when decided_date < end_date then status else 'open' end as month_status,
            -- What was given back otherwise is not at stake any more.
            case when given_back_date < end_date then 0 else lead_value end as stake_amount
        from months
    )

select
    month_date,
    count(*) filter (where is_opened) as opened_disputes,
    count(*) filter (where month_status = 'given back') as given_back_disputes,
    count(*) filter (where month_status = 'kept') as kept_disputes,
    count(*) filter (where month_status = 'open') as open_disputes,
    min(opened_date) filter (where month_status = 'open') as oldest_open_date,
    -- As decimals: a sum of binary fractions depends on the order of the rows.
    cast(
        coalesce(
            sum(cast(given_back_amount as decimal(24, 6))) filter (where month_status = 'given back'), 0
        ) as double
    ) as given_back_amount,
    cast(
        coalesce(sum(cast(stake_amount as decimal(24, 6))) filter (where month_status = 'open'), 0) as double
    ) as open_amount
from states
group by month_date
