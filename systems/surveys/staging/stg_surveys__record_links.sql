with responses as (select * from {{ ref("stg_surveys__responses") }})

select
    person_record_id,
    'normalised_email' as rule,
    cast(null as string) as linked_system,
    cast(null as string) as linked_record_id,
    normalised_email as email,
    min(given_at) as linked_at
from responses
where normalised_email is not null
group by person_record_id, normalised_email
