-- What the label says and what the criteria say of each entry into a stage, whoever decides on
-- it. A pass is what lies between two side states by label.
with
    labels as (select * from {{ ref("int_labelled_stage_changes") }}),

    crossings as (select * from {{ ref("int_rule_crossings") }} where not was_met_before),

    judgements as (select * from {{ ref("int_score_judgements") }} where not is_before),

    profiles as (select * from {{ ref("int_person_profiles") }}),

    timeline as (
        select
            stage_entry_id as drift_id,
            person_id,
            stage,
            stage_rank,
            is_side_state,
            entered_at as judged_at,
            version,
            owner_id,
            true as is_label,
            has_score_criteria and not is_repeated as is_judged
        from labels
        union all
        select
            crossing_id as drift_id,
            person_id,
            stage,
            stage_rank,
            false as is_side_state,
            crossed_at as judged_at,
            version,
            null as owner_id,
            false as is_label,
            true as is_judged
        from crossings
    ),

    numbered as (
        select
            *,
            coalesce(
                sum(case when is_side_state then 1 else 0 end) over (
                    partition by person_id
                    order by judged_at, is_side_state, stage_rank, drift_id
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
        select passes.*, case when judgements.is_met then 'both' else 'label_only' end as verdict
        from passes
        left join
            judgements
            on passes.person_id = judgements.person_id
            and passes.judged_at = judgements.scored_at
            and passes.stage = judgements.stage
        where passes.is_label and passes.is_judged
    ),

    -- A label of this stage or a later one in the same pass, before or after, is the label that was due.
    rule_entries as (
        select *, 'rule_only' as verdict
        from passes
        where not is_label and label_rank < stage_rank
        qualify
            row_number() over (partition by person_id, pass_number, stage order by judged_at, drift_id) = 1
    ),

    verdicts as (
        select *
        from label_entries
        union all
        select *
        from rule_entries
    )

select
    verdicts.drift_id,
    verdicts.person_id,
    verdicts.stage,
    verdicts.judged_at,
    {{ local_date("verdicts.judged_at") }} as judged_date,
    coalesce(verdicts.owner_id, profiles.owner_id) as owner_id,
    verdicts.version as agreement_version,
    verdicts.verdict,
    verdicts.verdict = 'rule_only' and verdicts.is_open as is_open,
    judgements.score,
    judgements.grade
from verdicts
inner join profiles on verdicts.person_id = profiles.person_id
left join
    judgements
    on verdicts.person_id = judgements.person_id
    and verdicts.judged_at = judgements.scored_at
    and verdicts.stage = judgements.stage
