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
        select
            subscription_id,
            state_label,
            meaning,
            first_at,
            last_at,
            trial_until,
            coalesce(meaning = 'trial', false) or coalesce(last_at <= trial_until, false) as is_trial,
            -- Without the day it would recur for ever.
            case
                when meaning = 'ended' and last_at is null
                then 'ended at an unknown time'
                else exclusion_reason
            end as exclusion_reason
        from ended
    ),

    -- A customer that stayed after a trial pays from its end.
    spans as (
        select
            *,
            case when not is_trial and trial_until > first_at then trial_until else first_at end as paid_from
        from evaluated
    ),

    prices as (select * from {{ ref("stg_billing__subscription_prices") }}),

    -- Each price of a subscription is a row of its own; the first one holds since its beginning.
    days as (
        select spans.*, {{ local_date("paid_from") }} as first_date, {{ local_date("last_at") }} as last_date
        from spans
    ),

    periods as (
        select
            days.*,
            prices.plan,
            prices.monthly_amount,
            prices.currency,
            prices.held_from_date,
            -- The newest state holds, and what was never paid for was not paid for at any price.
            case
                when days.meaning = 'never_paid' or prices.held_until_date is null
                then days.exclusion_reason
                when days.last_date is not null
                then nullif(prices.exclusion_reason, 'ended at an unknown time')
                else prices.exclusion_reason
            end as held_exclusion_reason,
            case
                when prices.held_from_date > days.first_date then prices.held_from_date else days.first_date
            end as started_date,
            case
                when prices.held_until_date < coalesce(days.last_date, prices.held_until_date + 1)
                then prices.held_until_date
                else days.last_date
            end as ended_date
        from days
        left join prices on days.subscription_id = prices.subscription_id
        where
            (
                coalesce(prices.held_until_date > days.first_date, true)
                and coalesce(prices.held_from_date < days.last_date, true)
            )
            -- One that ended before it began is not lost.
            or (days.last_date <= days.first_date and prices.held_until_date is null)
    )

select
    subscriptions.subscription_id || case
        when periods.held_from_date is null then '' else ':' || cast(periods.held_from_date as string)
    end as subscription_record_id,
    subscriptions.customer_id as account_record_id,
    cast(null as string) as opportunity_record_id,
    periods.plan as plan_label,
    periods.started_date,
    periods.ended_date,
    periods.monthly_amount,
    {{ export_currency("periods.currency", "billing") }} as currency_code,
    periods.is_trial,
    periods.state_label,
    periods.held_exclusion_reason as exclusion_reason
from subscriptions
inner join periods on subscriptions.subscription_id = periods.subscription_id
