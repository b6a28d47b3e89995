with
    contacts as ({{ current_rows("hubspot", "contacts") }}),

    histories as ({{ current_rows("hubspot", "contact_property_history") }}),

    entries_by_name as (
        select record_id, _time_zone, {{ map_entries("entered_by_stage_name") }} as entry from contacts
    ),

    entries_by_id as (
        select record_id, _time_zone, {{ map_entries("entered_by_stage_id") }} as entry from contacts
    ),

    older_by_name as (
        select record_id, _time_zone, {{ map_entries("became_by_stage_name") }} as entry from contacts
    ),

    older_by_id as (
        select record_id, _time_zone, {{ map_entries("became_by_stage_id") }} as entry from contacts
    ),

    -- Evidence 1 knows every entry (at least the latest 45), the others the latest one of a stage.
    entries as (
        select
            record_id,
            {{ hubspot_label("lifecycle_stage", "property_value") }} as stage_label,
            {{ local_to_utc("changed_at", export_zone("hubspot", "histories")) }} as entered_at,
            1 as evidence
        from histories
        where {{ hubspot_folded("property_name") }} = 'lifecyclestage' and property_value is not null
        union all
        select
            record_id,
            'Lead Status: ' || {{ hubspot_label("lead_status", "property_value") }} as stage_label,
            {{ local_to_utc("changed_at", export_zone("hubspot", "histories")) }} as entered_at,
            1 as evidence
        from histories
        where
            {{ hubspot_folded("property_name") }} in ('hsleadstatus', 'leadstatus')
            and property_value is not null
        union all
        select
            record_id,
            {{ hubspot_label("lifecycle_stage", text_group("entry.key", "^(.+) \\(.+\\)$", 1)) }}
            as stage_label,
            {{ local_to_utc("entry.value", export_zone("hubspot", "entries_by_name")) }} as entered_at,
            2 as evidence
        from entries_by_name
        union all
        select
            record_id,
            {{ hubspot_label("lifecycle_stage", "entry.key") }} as stage_label,
            {{ local_to_utc("entry.value", export_zone("hubspot", "entries_by_id")) }} as entered_at,
            3 as evidence
        from entries_by_id
        union all
        select
            record_id,
            {{ hubspot_label("lifecycle_stage", "entry.key") }} as stage_label,
            {{ local_to_utc("entry.value", export_zone("hubspot", "older_by_name")) }} as entered_at,
            4 as evidence
        from older_by_name
        union all
        select
            record_id,
            {{ hubspot_label("lifecycle_stage", "entry.key") }} as stage_label,
            {{ local_to_utc("entry.value", export_zone("hubspot", "older_by_id")) }} as entered_at,
            5 as evidence
        from older_by_id
    ),

    best as (
        select *
        from entries
        where entered_at is not null
        qualify evidence = min(evidence) over (partition by record_id, stage_label)
    )

select distinct record_id as person_record_id, stage_label, entered_at, evidence = 1 as is_from_history
from best
