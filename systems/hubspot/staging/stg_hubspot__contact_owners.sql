with
    contacts as ({{ rows_by_load("hubspot", "contacts", ["contact_owner", "owner_assigned_date"]) }}),

    histories as ({{ current_rows("hubspot", "contact_property_history") }}),

    owner_names as (select * from {{ ref("stg_hubspot__owner_names") }}),

    owners as (
        select
            record_id,
            property_value as contact_owner,
            {{ export_utc("changed_at", "hubspot", "histories") }} as owned_from_at
        from histories
        where {{ hubspot_label("property", "property_name") }} = 'hubspot_owner_id'
        union
        -- An export has the present owner and the latest assignment; who had the contact before is known from
        -- the exports before.
        select
            record_id,
            contact_owner,
            {{ export_utc("owner_assigned_date", "hubspot", "contacts") }} as owned_from_at
        from contacts
        where owner_assigned_date is not null
    )

select
    owners.record_id as person_record_id,
    coalesce(owner_names.owner_record_id, owners.contact_owner) as owner_record_id,
    owners.owned_from_at
from owners
left join owner_names on owners.contact_owner = owner_names.owner_name
