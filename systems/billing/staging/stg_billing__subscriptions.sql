with
    subscriptions as ({{ current_rows("billing", "subscriptions") }}),

    states as ({{ billing_states("billing", "subscription") }}),

    timed as (
        select
            subscription_id,
            status as state_label,
            states.meaning,
            {{ not_money("subscriptions.status") }} as exclusion_reason,
            coalesce(
                {{ billing_time("subscriptions", "started_at") }},
                {{ billing_time("subscriptions", "created_at") }}
            ) as first_at,
            {{ billing_time("subscriptions", "trial_end_at") }} as trial_until,
            {{ billing_time("subscriptions", "ended_at") }} as end_at,
            {{ billing_time("subscriptions", "canceled_at") }} as cancellation_at
        from subscriptions
        left join states on {{ folded_word("subscriptions.status") }} = states.state_label
    ),

    -- A cancellation ends nothing by itself: until the status shows the end, it is a plan.
    ended as (
        select
            *,
            case
                when meaning = 'ended'
                then coalesce(end_at, cancellation_at)
                when state_label is null
                then end_at
            end as last_at
        from timed
    ),

    evaluated as (
        select *, coalesce(meaning = 'trial', false) or coalesce(last_at <= trial_until, false) as is_trial
        from ended
    ),

    -- A customer that stayed after a trial pays from its end.
    spans as (
        select
            *,
            case when not is_trial and trial_until > first_at then trial_until else first_at end as paid_from
        from evaluated
    ),

    prices as (
        select
            subscription_id,
            mrr,
            coalesce(quantity, 1) * amount / coalesce(interval_count, 1) as amount,
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
    )

select
    subscriptions.subscription_id as subscription_record_id,
    subscriptions.customer_id as account_record_id,
    cast(null as string) as opportunity_record_id,
    subscriptions.plan as plan_label,
    {{ local_date("spans.paid_from") }} as started_date,
    {{ local_date("spans.last_at") }} as ended_date,
    coalesce(
        prices.mrr, cast({{ rounded("cast(prices.amount as double) / prices.months", 2) }} as decimal(18, 2))
    ) as monthly_amount,
    {{ export_currency("subscriptions.currency", "billing") }} as currency_code,
    spans.is_trial,
    spans.state_label,
    spans.exclusion_reason
from subscriptions
inner join spans on subscriptions.subscription_id = spans.subscription_id
inner join prices on subscriptions.subscription_id = prices.subscription_id
