-- A journey that reached a later stage passed the earlier ones: a stage that one of its systems knows and
-- that was skipped is entered at the instant of the next one. A journey that came back starts where it came
-- back, not at the first stage; one that sales opened by itself was no lead, and passed at most a deal.
with
    entries as (select * from {{ ref("int_stage_entries") }} where stage_rank > 0 and not is_left_again),

    stages as (select * from {{ ref("known_stages") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    known_stages as (
        select distinct labels.system, stages.stage, stages.stage_rank
        from {{ ref("stg_reference__stage_labels") }} as labels
        inner join stages on labels.stage = stages.stage
        where stages.stage_rank > 0
    ),

    -- Sales opened what is first known of beyond the handoff of then.
    journeys as (
        select
            entries.journey_id,
            min(entries.person_id) as person_id,
            min(entries.journey_number) as journey_number,
            min(entries.stage_rank) as first_rank,
            max(entries.stage_rank) as last_rank,
            min(entries.stage_rank - handoffs.stage_rank) > 0 as is_opened_by_sales
        from entries
        left join versions on {{ in_force_at("versions", "entries.entered_at") }}
        inner join stages as handoffs on coalesce(versions.handoff_stage, 'mql') = handoffs.stage
        group by entries.journey_id
    ),

    journey_systems as (select distinct journey_id, system from entries),

    missing as (
        select journeys.*, known_stages.stage, known_stages.stage_rank, min(known_stages.system) as system
        from journeys
        inner join journey_systems on journeys.journey_id = journey_systems.journey_id
        inner join
            known_stages
            on journey_systems.system = known_stages.system
            and journeys.last_rank > known_stages.stage_rank
            and (journeys.journey_number = 1 or journeys.first_rank < known_stages.stage_rank)
        left join entries on journeys.journey_id = entries.journey_id and known_stages.stage = entries.stage
        where entries.journey_id is null
        group by all
    )

select
    missing.journey_id || ':' || missing.stage as stage_entry_id,
    missing.system,
    missing.person_id,
    missing.journey_id,
    missing.journey_number,
    missing.stage,
    missing.stage_rank,
    missing.is_opened_by_sales
    and missing.stage_rank < missing.first_rank
    and missing.stage <> 'opportunity' as is_skipped_by_sales,
    min(entries.entered_at) as entered_at
from missing
inner join entries on missing.journey_id = entries.journey_id and missing.stage_rank < entries.stage_rank
group by all
