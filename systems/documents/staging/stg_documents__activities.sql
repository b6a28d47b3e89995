with
    documents as (select * from {{ ref("stg_documents__documents") }}),

    activities as (
        select
            *, 'sent' as kind, 'Document sent' as activity_label, false as is_inbound, sent_at as happened_at
        from documents
        union all
        select
            *,
            'opened' as kind,
            'Document opened' as activity_label,
            true as is_inbound,
            first_opened_at as happened_at
        from documents
        where first_opened_at is not null
    )

select
    kind || ':' || document_record_id as activity_record_id,
    person_record_id,
    opportunity_record_id,
    owner_record_id,
    activity_label,
    is_inbound,
    happened_at,
    cast(null as timestamp) as logged_at,
    cast(null as timestamp) as due_at,
    cast(null as string) as outcome_label,
    cast(null as double) as duration_minutes,
    cast(null as string) as event_key,
    false as is_automatic
from activities
