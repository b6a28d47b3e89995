with
    entries as (select * from {{ ref("int_stage_entries") }} where not is_left_again),

    inferred as (select * from {{ ref("int_inferred_stage_entries") }} where not is_skipped_by_sales),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    all_entries as (
        select
            stage_entry_id,
            person_id,
            journey_id,
            journey_number,
            opportunity_id,
            owner_id,
            stage_label,
            reason_label,
            stage,
            stage_rank,
            entered_at,
            entered_after_at,
            entry_source
        from entries
        union all
        select
            stage_entry_id,
            person_id,
            journey_id,
            journey_number,
            null as opportunity_id,
            null as owner_id,
            null as stage_label,
            null as reason_label,
            stage,
            stage_rank,
            entered_at,
            null as entered_after_at,
            'inferred' as entry_source
        from inferred
    )

select
    all_entries.stage_entry_id as stage_transition_id,
    all_entries.person_id,
    all_entries.journey_id,
    all_entries.journey_number,
    all_entries.opportunity_id,
    all_entries.owner_id,
    lag(all_entries.stage) over journey_order as from_stage,
    all_entries.stage,
    all_entries.stage_label,
    all_entries.reason_label,
    lag(all_entries.entered_at) over journey_order as from_entered_at,
    all_entries.entered_at,
    all_entries.entered_after_at,
    all_entries.entry_source = 'inferred' as is_inferred,
    all_entries.entry_source,
    versions.agreement_version
from all_entries
left join versions on {{ in_force_at("versions", "all_entries.entered_at") }}
window
    journey_order as (
        partition by all_entries.journey_id
        order by
            -- As in int_stage_entries: what ends a journey comes after the funnel, of a day at its end.
            case
                when all_entries.stage_rank = 0 or all_entries.stage = 'customer'
                then {{ latest_of("all_entries.entered_at") }}
                else all_entries.entered_at
            end,
            all_entries.stage_rank = 0,
            all_entries.stage_rank,
            all_entries.stage_entry_id
    )
