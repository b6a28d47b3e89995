with
    labels as (select * from {{ ref("int_labelled_stage_changes") }} where not is_decided_by_rule),

    rule_entries as (select * from {{ ref("int_rule_stage_entries") }}),

    left_again as (select * from {{ ref("int_stages_left_again") }}),

    all_entries as (
        select
            stage_entry_id,
            system,
            person_id,
            opportunity_id,
            owner_id,
            stage_label,
            reason_label,
            stage,
            stage_rank,
            is_side_state,
            is_of_a_lead,
            entered_at,
            entered_after_at,
            written_at,
            'label' as entry_source,
            agreement_version
        from labels
        union all
        select
            stage_entry_id,
            system,
            person_id,
            null as opportunity_id,
            null as owner_id,
            null as stage_label,
            null as reason_label,
            stage,
            stage_rank,
            false as is_side_state,
            true as is_of_a_lead,
            entered_at,
            null as entered_after_at,
            null as written_at,
            'rule' as entry_source,
            cast(null as string) as agreement_version
        from rule_entries
    ),

    marked as (
        select all_entries.*, left_again.stage_entry_id is not null as is_left_again
        from all_entries
        left join left_again on all_entries.stage_entry_id = left_again.stage_entry_id
    ),

    -- What ended a journey on a day may have come at any time of it: a stage that the funnel has at a time of
    -- that day is not a return, nor is one from before the win was written down.
    placed as (
        select
            *,
            case
                when is_side_state
                then {{ latest_of("entered_at") }}
                when stage = 'customer'
                then greatest({{ latest_of("entered_at") }}, coalesce(written_at, entered_at))
                else entered_at
            end as ordered_at
        from marked
    ),

    -- At one instant the funnel comes in its order, and its end last; what was left again is passed over.
    ordered as (
        select
            *,
            lag(stage) over person_order as previous_stage,
            lag(is_side_state) over person_order as follows_side_state,
            -- A customer who is a lead once more: the win before is not the conversion of that lead.
            is_of_a_lead
            and lag(stage) over (
                partition by person_id, is_left_again, is_of_a_lead or stage = 'customer'
                order by ordered_at, is_side_state, stage_rank, stage_entry_id
            )
            = 'customer' as is_lead_after_win,
            -- Two systems may record one entry, and one of them its reason.
            coalesce(
                reason_label,
                case when lead(stage) over person_order = stage then lead(reason_label) over person_order end
            ) as stated_reason_label
        from placed
        window
            person_order as (
                partition by person_id, is_left_again
                order by ordered_at, is_side_state, stage_rank, stage_entry_id
            )
    ),

    -- The same stage written again is not a new entry.
    entries as (
        select * from ordered where is_left_again or previous_stage is null or previous_stage != stage
    ),

    numbered as (
        select
            *,
            max(case when not is_left_again then 1 else 0 end) over (partition by person_id)
            = 1 as has_others,
            1
            + count(
                case
                    when
                        not is_left_again
                        and (
                            is_lead_after_win
                            or (follows_side_state and not is_side_state and stage <> 'customer')
                        )
                    then 1
                end
            ) over (
                partition by person_id
                order by ordered_at, is_side_state, stage_rank, stage_entry_id
                rows between unbounded preceding and current row
            ) as journey_number
        from entries
    )

select
    stage_entry_id,
    system,
    person_id,
    person_id || '#' || cast(journey_number as integer) as journey_id,
    cast(journey_number as integer) as journey_number,
    opportunity_id,
    owner_id,
    stage_label,
    stated_reason_label as reason_label,
    stage,
    stage_rank,
    entered_at,
    entered_after_at,
    entry_source,
    is_left_again,
    agreement_version
from numbered
-- Of somebody of whom nothing else is known there is no journey.
where has_others or not is_left_again
