with attendance as ({{ current_rows("events", "attendance") }})

select
    {{ email_record_id("email") }} as person_record_id,
    'normalised_email' as rule,
    cast(null as string) as linked_system,
    cast(null as string) as linked_record_id,
    lower({{ trimmed("email") }}) as email,
    min({{ export_utc("happened_at", "events", "attendance") }}) as linked_at
from attendance
group by lower({{ trimmed("email") }}), {{ email_record_id("email") }}
