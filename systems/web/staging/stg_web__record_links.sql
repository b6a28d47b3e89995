with
    replies as (
        select * from {{ ref("stg_web__replies") }} where nullif({{ trimmed("email") }}, '') is not null
    )

select
    person_record_id,
    'normalised_email' as rule,
    cast(null as string) as linked_system,
    cast(null as string) as linked_record_id,
    lower({{ trimmed("email") }}) as email,
    min(replied_at) as linked_at
from replies
group by person_record_id, lower({{ trimmed("email") }})
