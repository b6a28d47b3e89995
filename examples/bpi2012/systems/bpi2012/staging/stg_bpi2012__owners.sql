with events as (select * from {{ ref("stg_bpi2012__events") }})

select distinct
    resource as owner_record_id,
    resource as owner_name,
    cast(null as string) as owner_email,
    'loan desk' as team_label,
    -- Resource 112 is the bank's own system: it queues and records, it never starts work.
    resource = '112' as is_automatic
from events
where resource is not null
