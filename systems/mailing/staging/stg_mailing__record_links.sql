with events as (select * from {{ ref("stg_mailing__events") }} where person_record_id is not null)

select
    person_record_id,
    'normalised_email' as rule,
    cast(null as string) as linked_system,
    cast(null as string) as linked_record_id,
    max(lower({{ trimmed("email") }})) as email,
    min(happened_at) as linked_at
from events
group by person_record_id
