-- A recipient who unsubscribes does so towards the company, not towards a rep.
with
    events as (
        select * from {{ ref("stg_mailing__events") }} where is_opt_out and person_record_id is not null
    )

select
    event_id as activity_record_id,
    person_record_id,
    cast(null as string) as opportunity_record_id,
    cast(null as string) as owner_record_id,
    'Unsubscribed' as activity_label,
    true as is_inbound,
    happened_at,
    cast(null as timestamp) as logged_at,
    cast(null as timestamp) as due_at,
    cast(null as string) as outcome_label,
    cast(null as double) as duration_minutes,
    cast(null as string) as event_key,
    false as is_automatic
from events
