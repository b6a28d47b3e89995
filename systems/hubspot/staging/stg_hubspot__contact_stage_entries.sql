{%- set columns = [
    "entered_by_stage_name",
    "entered_by_stage_id",
    "became_by_stage_name",
    "became_by_stage_id",
] -%}

with
    contacts as ({{ current_rows("hubspot", "contacts") }}),

    histories as ({{ current_rows("hubspot", "contact_property_history") }}),

    -- Each kind of date column that exports have had, the best first.
    dates as (
        {%- for column in columns %}
            select record_id, _time_zone, {{ loop.index + 1 }} as evidence, {{ map_entries(column) }} as entry
            from contacts
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    ),

    -- Evidence 1 knows every entry (at least the latest 45), the others the latest one of a stage.
    entries as (
        select
            record_id,
            {{ hubspot_label("lifecycle_stage", "property_value") }} as stage_label,
            {{ local_to_utc("changed_at", export_zone("hubspot", "histories")) }} as entered_at,
            1 as evidence
        from histories
        where {{ folded_word("property_name") }} = 'lifecyclestage' and property_value is not null
        union all
        select
            record_id,
            'Lead Status: ' || {{ hubspot_label("lead_status", "property_value") }} as stage_label,
            {{ local_to_utc("changed_at", export_zone("hubspot", "histories")) }} as entered_at,
            1 as evidence
        from histories
        where
            {{ folded_word("property_name") }} in ('hsleadstatus', 'leadstatus')
            and property_value is not null
        union all
        select
            record_id,
            -- The current columns name the pipeline behind the stage.
            case
                when evidence = 2
                then {{ hubspot_label("lifecycle_stage", text_group("entry.key", "^(.+) \\(.+\\)$", 1)) }}
                else {{ hubspot_label("lifecycle_stage", "entry.key") }}
            end as stage_label,
            {{ local_to_utc("entry.value", export_zone("hubspot", "dates")) }} as entered_at,
            evidence
        from dates
    ),

    best as (
        select *
        from entries
        where entered_at is not null
        qualify evidence = min(evidence) over (partition by record_id, stage_label)
    )

select distinct record_id as person_record_id, stage_label, entered_at, evidence = 1 as is_from_history
from best
