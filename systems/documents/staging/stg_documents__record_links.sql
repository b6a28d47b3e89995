with documents as ({{ current_rows("documents", "documents") }})

select
    {{ email_record_id("recipient") }} as person_record_id,
    'normalised_email' as rule,
    cast(null as string) as linked_system,
    cast(null as string) as linked_record_id,
    lower({{ trimmed("recipient") }}) as email,
    min({{ export_utc("sent_at", "documents", "documents") }}) as linked_at
from documents
group by lower({{ trimmed("recipient") }}), {{ email_record_id("recipient") }}
