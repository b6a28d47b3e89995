with
    churn_events as ({{ current_rows("billing", "churn_events") }}),

    subscriptions as ({{ current_rows("billing", "subscriptions") }}),

    stated as (
        select
            'event:' || churn_event_id as feedback_record_id,
            customer_id,
            reason,
            {{ billing_time("churn_events", "churned_at") }} as given_at
        from churn_events
    ),

    -- The reason of a cancelled subscription counts where the customer's leaving is not an event.
    cancelled as (
        select
            'subscription:' || subscriptions.subscription_id as feedback_record_id,
            subscriptions.customer_id,
            subscriptions.cancellation_reason as reason,
            coalesce(
                {{ billing_time("subscriptions", "canceled_at") }},
                {{ billing_time("subscriptions", "ended_at") }}
            ) as given_at
        from subscriptions
        left join
            (select distinct customer_id from churn_events) as leavers
            on subscriptions.customer_id = leavers.customer_id
        where subscriptions.cancellation_reason is not null and leavers.customer_id is null
    ),

    given as (
        select *
        from stated
        union all
        select *
        from cancelled
        where given_at is not null
    )

select
    feedback_record_id,
    cast(null as string) as person_record_id,
    customer_id as account_record_id,
    'churn' as feedback_type,
    cast(null as double) as score,
    reason as reason_label,
    given_at
from given
