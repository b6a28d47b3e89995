with contact_owners as (select * from {{ ref("stg_hubspot__contact_owners") }})

-- The history and the contact both contain the latest change.
select distinct
    person_record_id
    || ':'
    || coalesce(owner_record_id, '')
    || ':'
    || cast({{ to_microseconds("owned_from_at") }} as string) as owner_change_record_id,
    person_record_id,
    nullif(owner_record_id, '') as owner_record_id,
    owned_from_at as changed_at,
    owned_after_at as changed_after_at
from contact_owners
where owned_from_at is not null
