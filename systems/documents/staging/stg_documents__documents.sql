with documents as ({{ current_rows("documents", "documents") }})

select
    -- One document may go to several people.
    document_id
    || ':'
    || left(
        {{ keyed_hash("document_id || ':' || lower(" ~ trimmed("recipient") ~ ")") }}, 16
    ) as document_record_id,
    {{ email_record_id("recipient") }} as person_record_id,
    deal_id as opportunity_record_id,
    sender as owner_record_id,
    document_name as document_label,
    {{ export_utc("sent_at", "documents", "documents") }} as sent_at,
    {{ export_utc("first_opened_at", "documents", "documents") }} as first_opened_at,
    coalesce(opens, case when first_opened_at is not null then 1 else 0 end) as opens
from documents
