with events as ({{ current_rows("bpi2012", "events") }})

select
    case_id,
    event_no,
    case_id || ':' || event_no as event_id,
    activity,
    lifecycle,
    resource,
    amount_req,
    {{ instant_to_utc("reg_date") }} as registered_at,
    {{ instant_to_utc("timestamp") }} as happened_at
from events
