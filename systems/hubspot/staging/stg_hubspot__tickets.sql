with
    tickets as ({{ current_rows("hubspot", "tickets") }}),

    ticket_contacts as ({{ current_rows("hubspot", "ticket_contacts") }}),

    ticket_companies as ({{ current_rows("hubspot", "ticket_companies") }}),

    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    owner_names as (select * from {{ ref("stg_hubspot__owner_names") }}),

    known_contacts as (
        select record_id, {{ export_utc("create_date", "hubspot", "contacts") }} as known_at from contacts
    ),

    -- An export writes a list; a connector has a table of all, of whom the one counts who was known first.
    persons as (
        select ticket_contacts.ticket_id, ticket_contacts.contact_id
        from ticket_contacts
        left join known_contacts on ticket_contacts.contact_id = known_contacts.record_id
        qualify
            row_number() over (
                partition by ticket_contacts.ticket_id
                order by
                    known_contacts.known_at nulls last,
                    length(ticket_contacts.contact_id),
                    ticket_contacts.contact_id
            )
            = 1
    ),

    companies as (
        select ticket_id, company_id
        from ticket_companies
        qualify row_number() over (partition by ticket_id order by length(company_id), company_id) = 1
    )

select
    tickets.record_id as ticket_record_id,
    coalesce({{ first_listed("tickets.associated_contact_ids") }}, persons.contact_id) as person_record_id,
    coalesce({{ first_listed("tickets.associated_company_ids") }}, companies.company_id) as account_record_id,
    coalesce(owner_names.owner_record_id, tickets.ticket_owner) as owner_record_id,
    {{ export_utc("tickets.create_date", "hubspot", "tickets") }} as created_at,
    {{ export_utc("tickets.first_reply_date", "hubspot", "tickets") }} as first_answered_at,
    {{ export_utc("tickets.close_date", "hubspot", "tickets") }} as closed_at,
    cast(null as boolean) as is_closed,
    {{ hubspot_deleted_at("tickets", ["synced_at", "create_date"]) }} as deleted_at
from tickets
left join persons on tickets.record_id = persons.ticket_id
left join companies on tickets.record_id = companies.ticket_id
left join owner_names on tickets.ticket_owner = owner_names.owner_name
