with
    contacts as ({{ current_rows("hubspot", "contacts") }}),

    owner_names as (select * from {{ ref("stg_hubspot__owner_names") }})

select
    contacts.record_id as person_record_id,
    contacts.email,
    nullif(trim(concat(contacts.first_name, ' ', contacts.last_name)), '') as full_name,
    coalesce(
        contacts.primary_company_id, {{ first_listed("contacts.associated_company_ids") }}
    ) as account_record_id,
    -- A name that no user has (or two have) stays as it is: an owner that nobody knows, but not no owner.
    coalesce(owner_names.owner_record_id, contacts.contact_owner) as owner_record_id,
    {{ local_to_utc("contacts.create_date", export_zone("hubspot")) }} as created_at,
    contacts.original_source as source_label,
    contacts.original_source_detail_1 as source_detail,
    {{
        hubspot_campaign(
            "contacts.original_source",
            "contacts.original_source_detail_1",
            "contacts.original_source_detail_2",
        )
    }} as campaign_label,
    contacts.business_unit as stream_label,
    contacts.country,
    cast(null as timestamp) as deleted_at
from contacts
left join owner_names on contacts.contact_owner = owner_names.owner_name
