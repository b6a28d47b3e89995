{%- set columns = [
    "entered_by_stage_name",
    "entered_by_stage_id",
    "became_by_stage_name",
    "became_by_stage_id",
] -%}

with
    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    histories as ({{ current_rows("hubspot", "contact_property_history") }}),

    -- What two exports show differently was changed between them.
    moved as ({{ changes_by_load("hubspot", "contacts", "record_id", "lifecycle_stage") }}),

    status_moved as ({{ changes_by_load("hubspot", "contacts", "record_id", "lead_status") }}),

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

    -- Evidence 1 knows every entry (at least the latest 45), 2 to 5 the latest one of a stage, and 6 that it
    -- was entered between two exports.
    written as (
        select
            record_id,
            'lifecycle stage' as kind,
            property_value as stage,
            changed_at as entered_at,
            _time_zone,
            1 as evidence,
            cast(null as timestamp) as known_after
        from histories
        where
            {{ hubspot_label("property", "property_name") }} = 'lifecyclestage' and property_value is not null
        union all
        select record_id, 'lead status', property_value, changed_at, _time_zone, 1, null
        from histories
        where
            {{ hubspot_label("property", "property_name") }} = 'hs_lead_status' and property_value is not null
        union all
        -- The current columns name the pipeline behind the stage.
        select
            record_id,
            case when evidence = 2 then 'stage and pipeline' else 'lifecycle stage' end,
            entry.key,
            entry.value,
            _time_zone,
            evidence,
            null
        from dates
        union all
        select record_id, 'lifecycle stage', lifecycle_stage, changed_at, _time_zone, 6, changed_after_at
        from moved
        where
            {{ hubspot_label("lifecycle_stage", "lifecycle_stage") }}
            <> coalesce({{ hubspot_label("lifecycle_stage", "value_before") }}, '')
        union all
        select record_id, 'lead status', lead_status, changed_at, _time_zone, 6, changed_after_at
        from status_moved
        where
            {{ hubspot_label("lead_status", "lead_status") }}
            <> coalesce({{ hubspot_label("lead_status", "value_before") }}, '')
    ),

    -- Each spelling is read once, and not in every row.
    labels as (
        select
            kind,
            stage,
            case
                kind
                when 'lead status'
                then 'Lead Status: ' || {{ hubspot_label("lead_status", "stage") }}
                when 'stage and pipeline'
                then {{ hubspot_label("lifecycle_stage", stage_of_pipeline("stage")) }}
                else {{ hubspot_label("lifecycle_stage", "stage") }}
            end as stage_label
        from written
        group by kind, stage
    ),

    entries as (
        select
            written.record_id,
            case
                when written.kind = 'lead status' then written.kind else 'lifecycle stage'
            end as changed_field,
            labels.stage_label,
            case
                when written.evidence = 6
                then written.entered_at
                else {{ export_utc("written.entered_at", "hubspot", "written") }}
            end as entered_at,
            written.known_after as entered_after_at,
            written.evidence
        from written
        inner join labels on written.kind = labels.kind and written.stage = labels.stage
        where written.entered_at is not null
    ),

    best as (
        select * from entries qualify evidence = min(evidence) over (partition by record_id, stage_label)
    )

select distinct
    record_id as person_record_id,
    changed_field,
    stage_label,
    entered_at,
    entered_after_at,
    evidence = 1 as is_from_history
from best
