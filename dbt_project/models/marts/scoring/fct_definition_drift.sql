-- The label and the criteria for each entry into a stage, whether a label or a rule decides on it. A pass is
-- the time between two side states by label.
with
    labels as (select * from {{ ref("int_labelled_stage_changes") }}),

    crossings as (select * from {{ ref("int_rule_crossings") }} where not was_met_before),

    evaluations as (select * from {{ ref("int_stage_criteria_evaluations") }} where not is_before),

    profiles as (select * from {{ ref("int_person_profiles") }}),

    timeline as (
        select
            stage_entry_id as drift_id,
            person_id,
            stage,
            stage_rank,
            is_side_state,
            entered_at as evaluated_at,
            agreement_version,
            owner_id,
            true as is_label,
            has_score_criteria and not is_repeated as is_evaluated
        from labels
        union all
        select
            crossing_id as drift_id,
            person_id,
            stage,
            stage_rank,
            false as is_side_state,
            crossed_at as evaluated_at,
            agreement_version,
            null as owner_id,
            false as is_label,
            true as is_evaluated
        from crossings
    ),

    numbered as (
        select
            *,
            coalesce(
                sum(case when is_side_state then 1 else 0 end) over (
                    partition by person_id
                    order by evaluated_at, is_side_state, stage_rank, drift_id
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) as pass_number
        from timeline
    ),

    passes as (
        select
            *,
            max(case when is_label then stage_rank else 0 end) over (
                partition by person_id, pass_number
            ) as label_rank,
            max(case when is_side_state then 1 else 0 end) over (partition by person_id, pass_number)
            = 0 as is_open
        from numbered
    ),

    label_entries as (
        select passes.*, case when evaluations.is_met then 'both' else 'label_only' end as status
        from passes
        left join
            evaluations
            on passes.person_id = evaluations.person_id
            and passes.evaluated_at = evaluations.scored_at
            and passes.stage = evaluations.stage
        where passes.is_label and passes.is_evaluated
    ),

    -- A label of this stage or a later one in the same pass, before or after, is the label that was due.
    rule_entries as (
        select *, 'rule_only' as status
        from passes
        where not is_label and label_rank < stage_rank
        qualify
            row_number() over (partition by person_id, pass_number, stage order by evaluated_at, drift_id) = 1
    ),

    statuses as (
        select *
        from label_entries
        union all
        select *
        from rule_entries
    )

select
    statuses.drift_id,
    statuses.person_id,
    statuses.stage,
    statuses.evaluated_at,
    {{ local_date("statuses.evaluated_at") }} as evaluated_date,
    coalesce(statuses.owner_id, profiles.owner_id) as owner_id,
    statuses.agreement_version,
    statuses.status,
    statuses.status = 'rule_only' and statuses.is_open as is_open,
    evaluations.score,
    evaluations.grade
from statuses
inner join profiles on statuses.person_id = profiles.person_id
left join
    evaluations
    on statuses.person_id = evaluations.person_id
    and statuses.evaluated_at = evaluations.scored_at
    and statuses.stage = evaluations.stage
