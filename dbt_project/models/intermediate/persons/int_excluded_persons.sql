-- Test, internal and spam leads, by the company's dated list; one excluded record excludes the person.
with
    records as (select * from {{ ref("int_persons") }} where {{ until_as_of("created_at") }}),

    persons as (select * from {{ ref("int_record_persons") }}),

    exclusions as (select * from {{ ref("stg_reference__exclusions") }}),

    emails as (
        select
            {{ global_id("system", "person_record_id") }} as record_id,
            created_at,
            {{ normalised_emails("email") }} as email
        from records
    ),

    keys as (
        select record_id, created_at, 'email' as match_on, email as value
        from emails
        union all
        select record_id, created_at, 'email_domain' as match_on, {{ domain_of("email") }} as value
        from emails
        union all
        select
            {{ global_id("system", "person_record_id") }} as record_id,
            created_at,
            'record_id' as match_on,
            {{ global_id("system", "person_record_id") }} as value
        from records
    )

select persons.person_id, min(exclusions.reason) as reason
from keys
inner join exclusions on keys.match_on = exclusions.match_on and keys.value = exclusions.value
inner join persons on keys.record_id = persons.record_id
where {{ in_force("exclusions", local_date("keys.created_at")) }}
group by persons.person_id
