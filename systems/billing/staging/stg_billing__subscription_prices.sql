-- An export has each subscription at its price of that day: a price that is another one in the next export
-- holds from that export on, and the months before keep theirs.
with
    subscriptions as (
        {{
            rows_by_load(
                "billing",
                "subscriptions",
                ["amount", "mrr", "quantity", "billing_interval", "interval_count", "currency"],
            )
        }}
    ),

    intervals as (
        select
            *,
            coalesce(quantity, 1) * amount / coalesce(interval_count, 1) as interval_amount,
            case
                when lower(billing_interval) in ('year', 'yearly', 'annual')
                then 12.0
                when lower(coalesce(billing_interval, 'month')) in ('month', 'monthly')
                then 1
                when lower(billing_interval) in ('week', 'weekly')
                then 12 / 52.0
                when lower(billing_interval) in ('day', 'daily')
                then 12 / 365.0
            end as months
        from subscriptions
    ),

    prices as (
        select
            subscription_id,
            plan,
            coalesce(
                mrr, cast({{ rounded("cast(interval_amount as double) / months", 2) }} as decimal(18, 2))
            ) as monthly_amount,
            currency,
            cast(known_at as date) as known_date,
            _load_number,
            _line
        from intervals
    ),

    compared as (
        select
            *,
            row_number() over same_subscription as turn,
            lag(monthly_amount) over same_subscription as amount_before,
            lag(currency) over same_subscription as currency_before
        from prices
        window same_subscription as (partition by subscription_id order by _load_number, _line)
    ),

    changed as (
        select *
        from compared
        where
            turn = 1
            or monthly_amount is distinct from amount_before
            or currency is distinct from currency_before
    )

select
    subscription_id,
    plan,
    monthly_amount,
    currency,
    case when turn > 1 then known_date end as held_from_date,
    lead(known_date) over (partition by subscription_id order by _load_number, _line) as held_until_date
from changed
