-- Test, internal and spam leads, by the company's dated list; one excluded record excludes the person. Of a
-- person who was deleted no record remains, nor a deal that names one.
with
    records as (select * from {{ ref("int_persons") }} where {{ until_as_of("created_at") }}),

    persons as (select * from {{ ref("int_record_persons") }}),

    exclusions as (select * from {{ ref("stg_reference__exclusions") }}),

    opportunities as (
        select *
        from {{ ref("int_opportunities") }}
        where exclusion_reason is null and not coalesce({{ until_as_of("deleted_at") }}, false)
    ),

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
    ),

    listed as (
        select persons.person_id, min(exclusions.reason) as reason
        from keys
        inner join exclusions on keys.match_on = exclusions.match_on and keys.value = exclusions.value
        inner join persons on keys.record_id = persons.record_id
        where {{ in_force("exclusions", local_date("keys.created_at")) }}
        group by persons.person_id
    ),

    with_deals as (
        select distinct persons.person_id
        from opportunities
        inner join
            persons
            on {{ global_id("opportunities.system", "opportunities.person_record_id") }} = persons.record_id
    ),

    deleted as (
        select persons.person_id
        from records
        inner join
            persons on {{ global_id("records.system", "records.person_record_id") }} = persons.record_id
        left join with_deals on persons.person_id = with_deals.person_id
        where with_deals.person_id is null
        group by persons.person_id
        having bool_and(coalesce({{ until_as_of("records.deleted_at") }}, false))
    )

select person_id, reason
from listed
union all
select deleted.person_id, 'deleted' as reason
from deleted
left join listed on deleted.person_id = listed.person_id
where listed.person_id is null
