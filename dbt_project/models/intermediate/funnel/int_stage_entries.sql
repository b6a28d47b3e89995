with
    -- What an opportunity that nothing counts did, nobody did.
    changes as (
        select changes.*
        from {{ ref("int_stage_changes") }} as changes
        left join
            {{ ref("int_left_out_opportunities") }} as left_out
            on changes.system = left_out.system
            and changes.opportunity_record_id = left_out.opportunity_record_id
        where {{ until_as_of("changes.changed_at") }} and left_out.reason is null
    ),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    labels as (select * from {{ ref("stg_reference__stage_labels") }}),

    stages as (select * from {{ ref("int_stages") }}),

    labelled as (
        select
            {{ global_id("changes.system", "changes.stage_change_record_id") }} as stage_entry_id,
            changes.system,
            links.person_id,
            {{ global_id("changes.system", "changes.opportunity_record_id") }} as opportunity_id,
            {{ global_id("changes.system", "changes.owner_record_id") }} as owner_id,
            changes.stage_label,
            changes.reason_label,
            stages.stage,
            stages.stage_rank,
            stages.is_side_state,
            changes.changed_at as entered_at
        from changes
        inner join
            links on changes.system = links.system and changes.person_record_id = links.person_record_id
        inner join
            labels
            on changes.system = labels.system
            and changes.stage_label = labels.stage_label
            and {{ in_force("labels", local_date("changes.changed_at")) }}
        inner join stages on labels.stage = stages.stage
    ),

    -- At one instant the funnel comes in its order, and what ends a journey comes last.
    ordered as (
        select
            *,
            lag(stage) over person_order as previous_stage,
            lag(is_side_state) over person_order as follows_side_state,
            -- Two systems may tell one entry, and one of them why.
            coalesce(
                reason_label,
                case when lead(stage) over person_order = stage then lead(reason_label) over person_order end
            ) as told_reason_label
        from labelled
        window
            person_order as (
                partition by person_id order by entered_at, is_side_state, stage_rank, stage_entry_id
            )
    ),

    -- The same stage written again is no new entry.
    entries as (select * from ordered where previous_stage is null or previous_stage != stage),

    numbered as (
        select
            *,
            1
            + sum(
                case
                    when follows_side_state and stage in ('lead', 'mql', 'sal', 'sql', 'opportunity')
                    then 1
                    else 0
                end
            ) over (
                partition by person_id
                order by entered_at, is_side_state, stage_rank, stage_entry_id
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
    told_reason_label as reason_label,
    stage,
    stage_rank,
    entered_at
from numbered
