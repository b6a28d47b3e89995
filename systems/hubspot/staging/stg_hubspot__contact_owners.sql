with
    contacts as ({{ rows_by_load("hubspot", "contacts", ["contact_owner", "owner_assigned_date"]) }}),

    histories as ({{ current_rows("hubspot", "contact_property_history") }}),

    given as ({{ changes_by_load("hubspot", "contacts", "record_id", "contact_owner") }}),

    persons as (select * from {{ ref("stg_hubspot__persons") }}),

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
    ),

    -- Without a date two exports show who had it, and who was given it by the later one.
    undated as (
        select
            given.record_id,
            given.contact_owner,
            given.changed_at,
            given.changed_after_at,
            given.value_before,
            persons.created_at
        from given
        inner join persons on given.record_id = persons.person_record_id
        left join owner_names on given.contact_owner = owner_names.owner_name
        left join owner_names as before on given.value_before = before.owner_name
        where
            not exists (select 1 from owners where owners.record_id = given.record_id)
            -- A name and its id, or its suffix when the user left, are one owner.
            and coalesce({{ name_key("given.contact_owner") }}, '')
            <> coalesce({{ name_key("given.value_before") }}, '')
            and coalesce(owner_names.owner_record_id, given.contact_owner, '')
            <> coalesce(before.owner_record_id, given.value_before, '')
    ),

    first_given as (
        select *
        from undated
        where value_before is not null
        qualify row_number() over (partition by record_id order by changed_at) = 1
    ),

    all_owners as (
        select record_id, contact_owner, owned_from_at, cast(null as timestamp) as owned_after_at
        from owners
        union all
        select record_id, contact_owner, changed_at, changed_after_at
        from undated
        union all
        -- As today's owner without a change, who had it before had it since it was created.
        select record_id, value_before, created_at, timestamp '0001-01-01'
        from first_given
    )

select
    all_owners.record_id as person_record_id,
    coalesce(owner_names.owner_record_id, all_owners.contact_owner) as owner_record_id,
    all_owners.owned_from_at,
    all_owners.owned_after_at
from all_owners
left join owner_names on all_owners.contact_owner = owner_names.owner_name
