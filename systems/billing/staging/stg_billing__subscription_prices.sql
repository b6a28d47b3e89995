-- An export has each subscription at its price and in its state of that day. Another price in the next export
-- holds from that export on, and so does a state that is not money; the months before keep theirs.
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

    states as ({{ billing_states("billing", "subscription") }}),

    stated as (
        select
            *,
            {{ last_known("status") }} over (
                partition by subscription_id
                order by _load_number, _line
                rows between unbounded preceding and current row
            ) as known_status
        from subscriptions
    ),

    intervals as (
        select
            stated.*,
            -- What was never paid for was it from its beginning; if it is paid for today, too.
            case
                when states.meaning = 'never_paid'
                then null
                when states.meaning = 'ended'
                then 'ended at an unknown time'
                else {{ not_money("stated.known_status") }}
            end as exclusion_reason,
            cast(coalesce(quantity, 1) * amount as double) / coalesce(interval_count, 1) as interval_amount,
            case
                when lower(billing_interval) in ('year', 'yearly', 'annual')
                then 12
                when lower(coalesce(billing_interval, 'month')) in ('month', 'monthly')
                then 1
                when lower(billing_interval) in ('week', 'weekly')
                then cast(12 as double) / 52
                when lower(billing_interval) in ('day', 'daily')
                then cast(12 as double) / 365
            end as months
        from stated
        left join states on {{ folded_word("stated.known_status") }} = states.state_label
    ),

    prices as (
        select
            subscription_id,
            plan,
            coalesce(
                mrr, cast({{ rounded("cast(interval_amount as double) / months", 6) }} as decimal(24, 6))
            ) as monthly_amount,
            currency,
            exclusion_reason,
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
            lag(currency) over same_subscription as currency_before,
            lag(exclusion_reason) over same_subscription as exclusion_before
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
            or exclusion_reason is distinct from exclusion_before
    )

select
    subscription_id,
    plan,
    monthly_amount,
    currency,
    exclusion_reason,
    case when turn > 1 then known_date end as held_from_date,
    lead(known_date) over (partition by subscription_id order by _load_number, _line) as held_until_date
from changed
