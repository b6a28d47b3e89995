with
    deals as ({{ current_rows("hubspot", "deals") }}),

    histories as ({{ current_rows("hubspot", "deal_property_history") }}),

    deal_stages as ({{ current_rows("hubspot", "deal_stages") }}),

    -- A deal that an export has in another stage than the export before was moved between the two.
    moved as ({{ changes_by_load("hubspot", "deals", "record_id", "deal_stage") }}),

    present as (select record_id, stage_name, has_ended from {{ ref("stg_hubspot__deals") }}),

    pipeline_stages as (select * from {{ ref("stg_hubspot__pipeline_stages") }}),

    merges as (select * from {{ ref("stg_hubspot__deal_merges") }}),

    entries_by_name as (
        select record_id, _time_zone, pipeline, {{ map_entries("entered_by_stage_name") }} as entry from deals
    ),

    entries_by_id as (
        select record_id, _time_zone, {{ map_entries("entered_by_stage_id") }} as entry from deals
    ),

    -- Evidence 1 and 2 know every entry (of late: the latest 20), evidence 3 knows the latest one of a
    -- stage, and evidence 4 that it was entered by the time of an export.
    entries as (
        select
            record_id,
            property_value as stage,
            cast(null as string) as pipeline_name,
            {{ export_utc("changed_at", "hubspot", "histories") }} as entered_at,
            cast(null as timestamp) as entered_after_at,
            1 as evidence
        from histories
        where {{ hubspot_label("property", "property_name") }} = 'dealstage' and property_value is not null
        union all
        select
            deal_id as record_id,
            stage_id as stage,
            null as pipeline_name,
            {{ export_utc("entered_at", "hubspot", "deal_stages") }} as entered_at,
            null as entered_after_at,
            2 as evidence
        from deal_stages
        union all
        select
            record_id,
            {{ stage_of_pipeline("entry.key", "pipeline") }} as stage,
            {{ pipeline_of_stage("entry.key", "pipeline") }} as pipeline_name,
            {{ export_utc("entry.value", "hubspot", "entries_by_name") }} as entered_at,
            null as entered_after_at,
            3 as evidence
        from entries_by_name
        where entry.value is not null
        union all
        select
            record_id,
            entry.key as stage,
            null as pipeline_name,
            {{ export_utc("entry.value", "hubspot", "entries_by_id") }} as entered_at,
            null as entered_after_at,
            3 as evidence
        from entries_by_id
        where entry.value is not null
        union all
        select
            record_id,
            deal_stage as stage,
            null as pipeline_name,
            changed_at as entered_at,
            changed_after_at as entered_after_at,
            4 as evidence
        from moved
        where
            {{ hubspot_label("deal_stage", "deal_stage") }}
            <> coalesce({{ hubspot_label("deal_stage", "value_before") }}, '')
    ),

    named as (
        select
            entries.record_id,
            coalesce(
                pipeline_stages.stage_name, {{ hubspot_label("deal_stage", "entries.stage") }}
            ) as stage_name,
            coalesce(
                pipeline_stages.pipeline_name, {{ hubspot_label("pipeline", "entries.pipeline_name") }}
            ) as pipeline_name,
            entries.entered_at,
            entries.entered_after_at,
            entries.evidence
        from entries
        left join pipeline_stages on entries.stage = pipeline_stages.stage_id
    ),

    best as (select * from named qualify evidence = min(evidence) over (partition by record_id, stage_name))

select distinct
    coalesce(merges.opportunity_record_id, best.record_id) as opportunity_record_id,
    best.stage_name,
    best.pipeline_name,
    best.entered_at,
    best.entered_after_at
from best
left join merges on best.record_id = merges.merged_deal_id
left join present on best.record_id = present.record_id and best.stage_name = present.stage_name
-- When a deal ended is known better than by an export.
where best.evidence < 4 or not coalesce(present.has_ended, false)
