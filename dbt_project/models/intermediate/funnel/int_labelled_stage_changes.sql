with
    -- A stage change of an opportunity that is not counted belongs to no person.
    changes as (
        select *
        from ({{ without_excluded_opportunities("int_timed_stage_changes") }}) as changes
        where {{ until_as_of("changed_at") }}
    ),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    opportunities as (select * from {{ ref("int_opportunities") }}),

    persons as (select * from {{ ref("int_persons") }}),

    owner_links as (select * from {{ ref("int_owner_links") }}),

    labels as (select * from {{ ref("stg_reference__stage_labels") }}),

    stages as (select * from {{ ref("known_stages") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    criteria as (select * from {{ ref("int_score_criteria") }})

select
    {{ global_id("changes.system", "changes.stage_change_record_id") }} as stage_entry_id,
    changes.system,
    links.person_id,
    changes.person_record_id,
    coalesce(changes.changed_field, '') as changed_field,
    {{ global_id("changes.system", "changes.opportunity_record_id") }} as opportunity_id,
    owner_links.owner_id,
    changes.stage_label,
    changes.reason_label,
    stages.stage,
    stages.stage_rank,
    stages.is_side_state,
    -- A deal beyond the handoff is one more deal, not one more lead.
    not stages.is_side_state
    and stages.stage not in ('opportunity', 'customer')
    and (
        changes.opportunity_record_id is null or coalesce(stages.stage_rank <= handoffs.stage_rank, false)
    ) as is_of_a_lead,
    changes.changed_at as entered_at,
    -- A deal of an earlier day may be written down late, and its person too.
    greatest(
        changes.changed_at,
        coalesce(opportunities.created_at, changes.changed_at),
        coalesce(
            case when opportunities.created_at is not null then persons.created_at end, changes.changed_at
        )
    ) as written_at,
    changes.changed_after_at as entered_after_at,
    versions.agreement_version,
    coalesce(criteria.decided_by = 'rule', false) as is_decided_by_rule,
    criteria.stage is not null as has_score_criteria,
    coalesce(
        lag(stages.stage) over (
            partition by links.person_id
            order by
                changes.changed_at,
                stages.is_side_state,
                stages.stage_rank,
                {{ global_id("changes.system", "changes.stage_change_record_id") }}
        )
        = stages.stage,
        false
    ) as is_repeated
from changes
inner join links on changes.system = links.system and changes.person_record_id = links.person_record_id
inner join
    labels
    on changes.system = labels.system
    and {{ folded_word("changes.stage_label") }} = {{ folded_word("labels.stage_label") }}
    and {{ in_force("labels", local_date("changes.changed_at")) }}
inner join stages on labels.stage = stages.stage
left join
    opportunities
    on changes.system = opportunities.system
    and changes.opportunity_record_id = opportunities.opportunity_record_id
left join persons on changes.system = persons.system and changes.person_record_id = persons.person_record_id
left join
    owner_links
    on changes.system = owner_links.system
    and changes.owner_record_id = owner_links.owner_record_id
left join versions on {{ in_force_at("versions", "changes.changed_at") }}
left join stages as handoffs on versions.handoff_stage = handoffs.stage
left join
    criteria on versions.agreement_version = criteria.agreement_version and stages.stage = criteria.stage
