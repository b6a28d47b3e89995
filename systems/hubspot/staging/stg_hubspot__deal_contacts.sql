-- The contacts of each deal, and which one is its own: the one labelled primary, else the first one that an
-- export lists; of several of a connector, which has a table of all, who was known first.
with
    deals as ({{ current_rows("hubspot", "deals") }}),

    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    -- Whom a name means that nobody or several have is in no file, and counted as such.
    named_contacts as (
        select *, coalesce(contact_id, 'named:' || record_id) as named_id
        from {{ ref("stg_hubspot__named_contacts") }}
        where kind = 'deal'
    ),

    deal_contacts as ({{ current_rows("hubspot", "deal_contacts") }}),

    candidates as (
        select record_id as deal_id, {{ first_listed("primary_contact_id") }} as contact_id, 1 as place
        from deals
        union all
        select record_id, {{ first_listed("associated_contact_ids") }}, 2
        from deals
        union all
        select record_id, named_id, case when contact_id is null then 4 else 2 end
        from named_contacts
        union all
        select deal_id, contact_id, case when lower(type_label) like '%primary%' then 1 else 3 end
        from deal_contacts
        union all
        select deal_id, nullif({{ trimmed("contact_id") }}, ''), 5
        from
            (
                select record_id as deal_id, {{ unnest_list("associated_contact_ids", ";") }} as contact_id
                from deals
            ) as listed
    ),

    placed as (
        select deal_id, contact_id, min(place) as place
        from candidates
        where contact_id is not null
        group by deal_id, contact_id
    )

select
    placed.deal_id,
    placed.contact_id,
    row_number() over (
        partition by placed.deal_id
        order by
            placed.place,
            {{ export_utc("contacts.create_date", "hubspot", "contacts") }} nulls last,
            length(placed.contact_id),
            placed.contact_id
    )
    = 1 as is_first
from placed
left join contacts on placed.contact_id = contacts.record_id
