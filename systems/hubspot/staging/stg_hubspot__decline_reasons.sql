with
    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    histories as ({{ current_rows("hubspot", "contact_property_history") }}),

    entries as (select * from {{ ref("stg_hubspot__contact_stage_entries") }}),

    stated as (
        select
            record_id as person_record_id,
            property_value as reason_label,
            {{ export_utc("changed_at", "hubspot", "histories") }} as stated_at
        from histories
        where {{ is_decline_reason("property_name") }}
    ),

    records as (select record_id as person_record_id, decline_reason as reason_label from contacts),

    reasons as ({{ decline_reasons("hubspot") }})

select *
from reasons
where reason_label is not null
