-- Who is who: records with the same e-mail are one person, whatever system they are in. Never a name alone.
with
    records as (
        select
            *,
            nullif(lower(trim(email)), '') as normalised_email,
            {{ global_id("system", "person_record_id") }} as record_id
        from {{ ref("int_persons") }}
        where {{ until_as_of("created_at") }}
    ),

    linked as (
        select
            system,
            person_record_id,
            record_id,
            first_value(record_id) over (
                partition by coalesce(normalised_email, record_id)
                order by created_at, record_id
                rows between unbounded preceding and unbounded following
            ) as person_id
        from records
    )

select
    system,
    person_record_id,
    person_id,
    record_id = person_id as is_first_record,
    case when record_id = person_id then 'own_record' else 'normalised_email' end as rule
from linked
