with
    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is not null),

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
            feedback.system,
            feedback.feedback_type as label,
            feedback.given_at as happened_at,
            coalesce(
                {{ feedback_fault("feedback.feedback_type", "feedback.score") }},
                'excluded: ' || links.exclusion_reason
            ) as exclusion_reason
        from {{ ref("int_feedback") }} as feedback
        left join
            links on feedback.system = links.system and feedback.person_record_id = links.person_record_id
    ),

    tickets as (
        select
            'tickets' as entity,
            tickets.system,
            cast(null as string) as label,
            tickets.created_at as happened_at,
            case
                when {{ until_as_of("tickets.deleted_at") }}
                then 'deleted'
                else 'excluded: ' || links.exclusion_reason
            end as exclusion_reason
        from {{ ref("int_tickets") }} as tickets
        left join links on tickets.system = links.system and tickets.person_record_id = links.person_record_id
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
