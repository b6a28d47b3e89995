with lead_owners as (select * from {{ ref("stg_salesforce__lead_owners") }})

-- A merge can contain one change twice.
select distinct
    lead_record_id
    || ':'
    || owner_record_id
    || ':'
    || cast({{ to_microseconds("owned_from") }} as string) as owner_change_record_id,
    lead_record_id as person_record_id,
    owner_record_id,
    owned_from as changed_at,
    owned_after_at as changed_after_at
from lead_owners
where owner_record_id is not null and owned_from is not null
