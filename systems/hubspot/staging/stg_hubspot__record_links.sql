with
    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    merges as (select * from {{ ref("stg_hubspot__contact_merges") }}),

    email_touches as (select * from {{ ref("stg_hubspot__email_touches") }}),

    named_contacts as (
        select * from {{ ref("stg_hubspot__named_contacts") }} where contact_id like 'email:%'
    ),

    salesforce_ids as (
        select record_id, salesforce_lead_id as salesforce_id
        from contacts
        union all
        select record_id, salesforce_contact_id as salesforce_id
        from contacts
    ),

    -- The address in the form's or the campaign's row, and the contact's own other ones.
    emails as (
        select person_record_id, email, touched_at as linked_at
        from email_touches
        union all
        -- A deal or an activity that names somebody by an e-mail, who is in no export of contacts.
        select contact_id as person_record_id, email, cast(null as timestamp) as linked_at
        from named_contacts
        union all
        select record_id as person_record_id, additional_emails as email, cast(null as timestamp) as linked_at
        from contacts
        union all
        select record_id as person_record_id, work_email as email, cast(null as timestamp) as linked_at
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
        select
            record_id as person_record_id,
            'external_id' as rule,
            'salesforce' as linked_system,
            {{ salesforce_id("salesforce_id") }} as linked_record_id,
            cast(null as string) as email,
            cast(null as timestamp) as linked_at
        from salesforce_ids
        where {{ salesforce_id("salesforce_id") }} is not null
        union all
        select
            person_record_id,
            'normalised_email' as rule,
            cast(null as string) as linked_system,
            cast(null as string) as linked_record_id,
            email,
            min(linked_at) as linked_at
        from emails
        where email is not null
        group by person_record_id, email
    )

select *
from links
