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

    survey_invitations as (
        select
            'survey_invitations' as entity,
            sent.system,
            sent.feedback_type as label,
            sent.sent_at as happened_at,
            coalesce(
                {{ survey_fault("sent.feedback_type", "sent.exclusion_reason") }},
                'excluded: ' || links.exclusion_reason
            ) as exclusion_reason
        from {{ ref("int_survey_invitations") }} as sent
        left join links on sent.system = links.system and sent.person_record_id = links.person_record_id
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

    known_records as (
        select 'opportunity' as record_type, opportunity_id as record_id
        from {{ ref("int_known_opportunities") }}
        union all
        select 'revenue' as record_type, {{ global_id("system", "revenue_record_id") }} as record_id
        from {{ ref("int_revenue") }}
        where {{ until_as_of("revenue_at") }} and exclusion_reason is null
    ),

    known_lines as (
        select distinct named.line_item_id
        from {{ ref("int_line_item_records") }} as named
        inner join
            known_records
            on named.record_type = known_records.record_type
            and named.record_id = known_records.record_id
    ),

    line_items as (
        select
            'line_items' as entity,
            items.system,
            items.product_label as label,
            -- Its deal or invoice has the date.
            (select as_of from {{ ref("int_as_of") }}) as happened_at,
            case
                when {{ until_as_of("items.deleted_at") }}
                then 'deleted'
                when items.opportunity_record_id is null and items.revenue_record_id is null
                then 'of no deal or invoice'
                when known_lines.line_item_id is null
                then 'its deal or invoice is in no figure'
            end as exclusion_reason
        from {{ ref("int_line_items") }} as items
        left join
            known_lines
            on {{ global_id("items.system", "items.line_item_record_id") }} = known_lines.line_item_id
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
        from survey_invitations
        union all
        select *
        from tickets
        union all
        select *
        from line_items
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
