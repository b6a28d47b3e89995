-- A person who registered and did not come was touched by the registration alone.
with attendance as ({{ current_rows("events", "attendance") }})

select
    {{ keyed_hash("concat_ws('|', email, event, status)") }} as touchpoint_record_id,
    {{ email_record_id("email") }} as person_record_id,
    {{ export_utc("happened_at", "events", "attendance") }} as touched_at,
    'event / offline' as source_label,
    event as source_detail,
    event as campaign_label,
    event as content_label,
    case when lower(status) = 'attended' then 'event attended' else 'event registered' end as touch_label
from attendance
where lower(status) in ('attended', 'registered')
