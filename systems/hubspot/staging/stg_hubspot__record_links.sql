with
    contacts as ({{ current_rows("hubspot", "contacts") }}),

    merges as (select * from {{ ref("stg_hubspot__contact_merges") }}),

    email_touches as (select * from {{ ref("stg_hubspot__email_touches") }}),

    named_contacts as (
        select * from {{ ref("stg_hubspot__named_contacts") }} where contact_id like 'email:%'
    ),

    recipients as (
        select person_record_id, email, touched_at
        from email_touches
        union all
        -- A deal or an activity that names somebody by an e-mail, who is in no export of contacts.
        select contact_id, email, cast(null as timestamp)
        from named_contacts
    ),

    salesforce_ids as (
        select record_id, salesforce_lead_id as salesforce_id
        from contacts
        union all
        select record_id, salesforce_contact_id as salesforce_id
        from contacts
    ),

    links as (
        select
            merged_record_id as person_record_id,
            'merge' as rule,
            'hubspot' as linked_system,
            person_record_id as linked_record_id,
            cast(null as string) as email,
            merged_at as linked_at
        from merges
        union all
        -- The first 15 characters of a Salesforce id are the record; the other three are a checksum.
        select
            record_id as person_record_id,
            'external_id' as rule,
            'salesforce' as linked_system,
            left({{ trimmed("salesforce_id") }}, 15) as linked_record_id,
            cast(null as string) as email,
            cast(null as timestamp) as linked_at
        from salesforce_ids
        where {{ trimmed("salesforce_id") }} != ''
        union all
        select
            person_record_id,
            'normalised_email' as rule,
            cast(null as string) as linked_system,
            cast(null as string) as linked_record_id,
            min(email) as email,
            min(touched_at) as linked_at
        from recipients
        group by person_record_id
    )

select *
from links
