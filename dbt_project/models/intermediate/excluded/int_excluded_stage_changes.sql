-- Stage changes that are not an entry into a stage.
with
    links as (select * from {{ ref("int_person_links") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    stage_labels as (select * from {{ ref("stg_reference__stage_labels") }}),

    labelled as (select * from {{ ref("int_labelled_stage_changes") }}),

    stage_entries as (select * from {{ ref("int_stage_entries") }}),

    left_again as (select * from {{ ref("int_stages_left_again") }}),

    excluded_opportunities as (select * from {{ ref("int_excluded_opportunities") }}),

    stage_changes as (
        select
            'stage_changes' as entity,
            stage_changes.system,
            case
                when stage_changes.changed_at is null and stage_labels.stage <> 'none'
                then 'no date'
                when not {{ until_as_of("stage_changes.changed_at") }}
                then 'after the as-of'
                when links.person_id is null
                then 'person unknown'
                when links.exclusion_reason is not null
                then 'excluded: ' || links.exclusion_reason
                when excluded_opportunities.reason is not null
                then excluded_opportunities.reason
                when stage_labels.system is null
                then 'label not in stage_labels'
                when stage_labels.stage = 'none'
                then 'not a stage'
                when labelled.is_decided_by_rule
                then 'stage is decided by rule'
                when stage_entries.stage_entry_id is null and left_again.stage_entry_id is not null
                then 'left again, and no other stage is known'
                when stage_entries.stage_entry_id is null
                then 'the same stage again'
            end as reason,
            stage_changes.stage_label as label
        from {{ ref("int_timed_stage_changes") }} as stage_changes
        cross join as_of
        left join
            links
            on stage_changes.system = links.system
            and stage_changes.person_record_id = links.person_record_id
        left join
            excluded_opportunities
            on stage_changes.system = excluded_opportunities.system
            and stage_changes.opportunity_record_id = excluded_opportunities.opportunity_record_id
        left join
            stage_labels
            on stage_changes.system = stage_labels.system
            and {{ folded_word("stage_changes.stage_label") }} = {{ folded_word("stage_labels.stage_label") }}
            and {{ in_force("stage_labels", local_date("coalesce(stage_changes.changed_at, as_of.as_of)")) }}
        left join
            labelled
            on {{ global_id("stage_changes.system", "stage_changes.stage_change_record_id") }}
            = labelled.stage_entry_id
        left join
            stage_entries
            on {{ global_id("stage_changes.system", "stage_changes.stage_change_record_id") }}
            = stage_entries.stage_entry_id
        left join
            left_again
            on {{ global_id("stage_changes.system", "stage_changes.stage_change_record_id") }}
            = left_again.stage_entry_id
    )

select *
from stage_changes
where reason is not null
