with
    revenue as (
        select
            'revenue' as entity,
            system,
            case when exclusion_reason is not null then state_label end as label,
            revenue_at as happened_at,
            exclusion_reason
        from {{ ref("int_revenue") }}
    ),

    subscriptions as (
        select
            'subscriptions' as entity,
            system,
            case
                when exclusion_reason is not null then coalesce(state_label, plan_label) else plan_label
            end as label,
            {{ start_of_date("started_date") }} as happened_at,
            exclusion_reason
        from {{ ref("int_subscriptions") }}
    ),

    feedback as (
        select
            'feedback' as entity,
            system,
            feedback_type as label,
            given_at as happened_at,
            {{ feedback_fault("feedback_type", "score") }} as exclusion_reason
        from {{ ref("int_feedback") }}
    ),

    tickets as (
        select
            'tickets' as entity,
            system,
            cast(null as string) as label,
            created_at as happened_at,
            case when {{ until_as_of("deleted_at") }} then 'deleted' end as exclusion_reason
        from {{ ref("int_tickets") }}
    ),

    records as (
        select *
        from revenue
        union all
        select *
        from subscriptions
        union all
        select *
        from feedback
        union all
        select *
        from tickets
    ),

    evaluated as (
        select
            entity,
            system,
            case
                when exclusion_reason is not null
                then exclusion_reason
                when happened_at is null
                then 'no date'
                when not {{ until_as_of("happened_at") }}
                then 'after the as-of'
            end as reason,
            label
        from records
    )

select *
from evaluated
where reason is not null
