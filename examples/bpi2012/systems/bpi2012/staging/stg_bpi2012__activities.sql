with events as (select * from {{ ref("stg_bpi2012__events") }})

-- Work begins with START; a call that is suspended and begun again starts twice, and both are facts.
select
    event_id as activity_record_id,
    case_id as person_record_id,
    cast(null as string) as opportunity_record_id,
    resource as owner_record_id,
    activity as activity_label,
    false as is_inbound,
    happened_at,
    cast(null as timestamp) as logged_at,
    cast(null as timestamp) as due_at,
    cast(null as string) as outcome_label,
    cast(null as double) as duration_minutes,
    cast(null as string) as event_key,
    false as is_automatic
from events
where lifecycle = 'START' and left(activity, 2) = 'W_'
