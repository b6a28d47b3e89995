-- A stage that was left again is not an entry for the funnel: the end of a deal at which it is not any
-- more, the customer that a contact became by it, a customer whose record is at an earlier stage today,
-- and a mistake. A person's stage was a mistake if the same field of the same record went back to an
-- earlier stage that it had had, before anything followed. The stage of the handoff, and those before,
-- may start a commitment: a mistake there is found within a day.
with
    changes as (select * from {{ ref("int_labelled_stage_changes") }} where not is_decided_by_rule),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    stages as (select * from {{ ref("known_stages") }}),

    reopened as (select * from {{ ref("int_deal_ends_left_again") }}),

    -- A contact that became a customer with a deal does not stay one without it.
    with_a_deal as (
        select changes.stage_entry_id, changes.person_id
        from changes
        inner join reopened on changes.person_id = reopened.person_id
        where
            reopened.means = 'won'
            and changes.opportunity_id is null
            and changes.stage = 'customer'
            and abs({{ minutes_between("reopened.entered_at", "changes.entered_at") }}) <= 1440
    ),

    as_of as (select * from {{ ref("int_as_of") }}),

    labels as (select * from {{ ref("stg_reference__stage_labels") }}),

    today as (
        select undated.system, undated.person_record_id, undated.changed_field, stages.stage_rank
        from {{ ref("int_timed_stage_changes") }} as undated
        cross join as_of
        inner join
            labels
            on undated.system = labels.system
            and {{ folded_word("undated.stage_label") }} = {{ folded_word("labels.stage_label") }}
            and {{ in_force("labels", local_date("as_of.as_of")) }}
        inner join stages on labels.stage = stages.stage
        where
            undated.changed_at is null and undated.opportunity_record_id is null and not stages.is_side_state
    ),

    set_back_today as (
        select changes.stage_entry_id, changes.person_id
        from changes
        inner join
            today
            on changes.system = today.system
            and changes.person_record_id = today.person_record_id
            and changes.changed_field = coalesce(today.changed_field, '')
            and changes.stage_rank > today.stage_rank
        where changes.opportunity_id is null and changes.stage = 'customer'
    ),

    moves as (
        select
            changes.*,
            handoffs.stage_rank as handoff_rank,
            lead(changes.entered_at) over record_order as set_back_at,
            lead(changes.stage) over record_order as next_stage,
            lead(changes.stage_rank) over record_order as next_rank
        from changes
        left join versions on changes.agreement_version = versions.agreement_version
        inner join stages as handoffs on coalesce(versions.handoff_stage, 'mql') = handoffs.stage
        where changes.opportunity_id is null
        window
            record_order as (
                partition by changes.system, changes.person_record_id, changes.changed_field
                order by changes.entered_at, changes.is_side_state, changes.stage_rank, changes.stage_entry_id
            )
    ),

    set_back as (
        select *
        from moves
        where
            next_rank > 0
            and next_rank < stage_rank
            and (stage_rank > handoff_rank or {{ minutes_between("entered_at", "set_back_at") }} <= 1440)
    ),

    mistakes as (
        select set_back.stage_entry_id, set_back.person_id
        from set_back
        left join
            moves as before
            on set_back.system = before.system
            and set_back.person_record_id = before.person_record_id
            and set_back.changed_field = before.changed_field
            and set_back.next_stage = before.stage
            and set_back.entered_at >= before.entered_at
        left join
            changes as higher
            on set_back.person_id = higher.person_id
            and set_back.stage_rank < higher.stage_rank
            and set_back.entered_at <= higher.entered_at
            and set_back.set_back_at > higher.entered_at
        where
            higher.stage_entry_id is null
            -- Dates of systems that keep the latest one of each stage are often out of order.
            and (before.stage_entry_id is not null or set_back.stage = 'customer')
    ),

    left_again as (
        select stage_entry_id, person_id
        from reopened
        union
        select stage_entry_id, person_id
        from with_a_deal
        union
        select stage_entry_id, person_id
        from set_back_today
        union
        select stage_entry_id, person_id
        from mistakes
    )

select stage_entry_id, person_id
from left_again
