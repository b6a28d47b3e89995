{%- set address = "([^ ()<>;,]+@[^ ()<>;,]+)" -%}

with
    deals as ({{ current_rows("hubspot", "deals") }}),

    engagements as (select * from {{ ref("stg_hubspot__engagements") }}),

    contact_names as (select * from {{ ref("stg_hubspot__contact_names") }}),

    -- Ids, where they are exported, are better.
    listed as (
        select 'deal' as kind, record_id, {{ unnest_list("associated_contact", ";") }} as entry
        from deals
        where coalesce(associated_contact_ids, primary_contact_id) is null and associated_contact is not null
        union all
        select kind, record_id, {{ unnest_list("associated_contact", ";") }} as entry
        from engagements
        where associated_contact_ids is null and associated_contact is not null
    ),

    -- An entry is a name, an e-mail, or both: `Anna Prova (anna@acme.example)`.
    entries as (
        select
            kind,
            record_id,
            {{ normalised_email(text_group("entry", address, 1)) }} as email,
            lower({{ trimmed(text_group("entry", "^([^(<]*)", 1)) }}) as full_name
        from listed
        where {{ trimmed("entry") }} <> ''
    )

-- A name that two contacts have ties the record to neither.
select distinct
    entries.kind,
    entries.record_id,
    entries.email,
    case
        when entries.email is not null and by_email.contacts = 1
        then by_email.contact_id
        when entries.email is not null
        then {{ email_record_id("entries.email") }}
        when by_name.contacts = 1
        then by_name.contact_id
    end as contact_id,
    coalesce(entries.email is null and by_name.contacts > 1, false) as is_ambiguous
from entries
left join contact_names as by_email on entries.email = by_email.contact_name
left join contact_names as by_name on entries.full_name = by_name.contact_name
