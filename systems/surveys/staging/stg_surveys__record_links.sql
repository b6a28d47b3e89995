with
    named as (
        select person_record_id, normalised_email, given_at as linked_at
        from {{ ref("stg_surveys__responses") }}
        union all
        select person_record_id, normalised_email, sent_at as linked_at
        from {{ ref("stg_surveys__recipients") }}
    )

select
    person_record_id,
    'normalised_email' as rule,
    cast(null as string) as linked_system,
    cast(null as string) as linked_record_id,
    normalised_email as email,
    min(linked_at) as linked_at
from named
where normalised_email is not null
group by person_record_id, normalised_email
