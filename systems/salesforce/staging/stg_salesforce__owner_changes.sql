with
    lead_owners as (
        select lead_record_id as person_record_id, owner_record_id, owned_from, owned_after_at
        from {{ ref("stg_salesforce__lead_owners") }}
    ),

    persons as (select * from {{ ref("stg_salesforce__persons") }}),

    given as ({{ salesforce_owners_by_load("contacts", ["id", "email", "changed_at", "changed_after_at"]) }}),

    -- Of contacts the exports are all that shows who had them.
    given_contacts as (
        select
            record_id as person_record_id,
            owner_id as owner_record_id,
            previous_owner_id,
            changed_at,
            changed_after_at
        from given
        where owner_id <> previous_owner_id
    ),

    first_given as (
        select given_contacts.person_record_id, given_contacts.previous_owner_id, persons.created_at
        from given_contacts
        inner join persons on given_contacts.person_record_id = persons.person_record_id
        qualify
            row_number() over (
                partition by given_contacts.person_record_id order by given_contacts.changed_at
            )
            = 1
    ),

    owners as (
        select *
        from lead_owners
        union all
        select person_record_id, owner_record_id, changed_at as owned_from, changed_after_at as owned_after_at
        from given_contacts
        union all
        select person_record_id, previous_owner_id, created_at, timestamp '0001-01-01'
        from first_given
    )

-- A merge can contain one change twice.
select distinct
    person_record_id
    || ':'
    || owner_record_id
    || ':'
    || cast({{ to_microseconds("owned_from") }} as string) as owner_change_record_id,
    person_record_id,
    owner_record_id,
    owned_from as changed_at,
    owned_after_at as changed_after_at
from owners
where owner_record_id is not null and owned_from is not null
