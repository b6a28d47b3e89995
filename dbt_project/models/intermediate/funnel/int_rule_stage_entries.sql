-- A person who meets the criteria enters the stage, if the stage before is a lower one or a side state. The
-- time between two labels is processed in order: a stage entered by rule within it is the stage before for
-- the next.
with
    labels as (
        select labels.*
        from {{ ref("int_labelled_stage_changes") }} as labels
        left join
            {{ ref("int_stages_left_again") }} as left_again
            on labels.stage_entry_id = left_again.stage_entry_id
        where not labels.is_decided_by_rule and left_again.stage_entry_id is null
    ),

    crossings as (select * from {{ ref("int_rule_crossings") }} where decided_by = 'rule'),

    profiles as (select * from {{ ref("int_person_profiles") }}),

    timeline as (
        select
            stage_entry_id,
            person_id,
            stage,
            stage_rank,
            is_side_state,
            entered_at,
            true as is_label,
            false as was_met_before
        from labels
        union all
        select
            crossing_id as stage_entry_id,
            person_id,
            stage,
            stage_rank,
            false as is_side_state,
            crossed_at as entered_at,
            false as is_label,
            was_met_before
        from crossings
    ),

    stretches as (
        select
            *,
            sum(case when is_label then 1 else 0 end) over (
                partition by person_id
                order by entered_at, is_side_state, stage_rank, stage_entry_id
                rows between unbounded preceding and current row
            ) as stretch
        from timeline
    ),

    after_labels as (
        select
            *,
            max(case when is_label then stage_rank else 0 end) over (
                partition by person_id, stretch
            ) as label_rank,
            max(case when is_label and is_side_state then 1 else 0 end) over (
                partition by person_id, stretch
            ) as follows_side_state
        from stretches
    ),

    -- A person who was moved to a side state although the criteria were met does not come back because a rule
    -- took over.
    candidates as (
        select
            *,
            coalesce(
                max(stage_rank) over (
                    partition by person_id, stretch
                    order by entered_at, stage_rank, stage_entry_id
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) as rule_rank
        from after_labels
        where not is_label and not (was_met_before and follows_side_state = 1)
    )

select
    candidates.stage_entry_id,
    profiles.system,
    candidates.person_id,
    candidates.stage,
    candidates.stage_rank,
    candidates.entered_at
from candidates
inner join profiles on candidates.person_id = profiles.person_id
where candidates.stage_rank > greatest(candidates.label_rank, candidates.rule_rank)
