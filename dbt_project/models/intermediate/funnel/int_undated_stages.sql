-- The stage in which a person is today by the system's own record, where it is beyond what dates show: it was
-- entered, and nobody knows when. It starts no clock and converts nothing. What a date explains needs none.
with
    changes as (
        select *
        from ({{ without_excluded_opportunities("int_timed_stage_changes") }}) as changes
        where changed_at is null
    ),

    as_of as (select * from {{ ref("int_as_of") }}),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    labels as (select * from {{ ref("stg_reference__stage_labels") }}),

    stages as (select * from {{ ref("known_stages") }}),

    entries as (
        select entries.*, stages.is_side_state
        from {{ ref("int_stage_entries") }} as entries
        inner join stages on entries.stage = stages.stage
        where not entries.is_left_again
    ),

    -- The latest journey of each person, unless it has ended.
    journeys as (
        select
            person_id,
            journey_id,
            max(journey_number) as last_number,
            max(stage_rank) as reached_rank,
            max(case when is_side_state or stage = 'customer' then 1 else 0 end) = 1 as has_ended,
            max(max(case when stage = 'customer' then 1 else 0 end)) over (partition by person_id)
            = 1 as was_customer
        from entries
        group by person_id, journey_id
        qualify row_number() over (partition by person_id order by last_number desc) = 1
    ),

    present as (
        select
            links.person_id,
            stages.stage,
            stages.stage_rank,
            stages.is_side_state,
            changes.stage_label,
            changes.reason_label,
            changes.opportunity_record_id is null as is_own
        from changes
        cross join as_of
        inner join
            links on changes.system = links.system and changes.person_record_id = links.person_record_id
        inner join
            labels
            on changes.system = labels.system
            and {{ folded_word("changes.stage_label") }} = {{ folded_word("labels.stage_label") }}
            and {{ in_force("labels", local_date("as_of.as_of")) }}
        inner join stages on labels.stage = stages.stage
    )

select
    journeys.journey_id,
    present.stage,
    present.stage_rank,
    present.is_side_state,
    present.stage_label,
    present.reason_label
from present
inner join journeys on present.person_id = journeys.person_id
where
    not journeys.has_ended
    and (present.is_side_state or present.stage_rank > journeys.reached_rank)
    -- A customer who is a lead once more was won before.
    and not (journeys.was_customer and present.stage = 'customer')
-- An end of the person's own is one; that of a deal only if nothing else goes on.
qualify
    row_number() over (
        partition by journeys.journey_id
        order by
            present.is_side_state and present.is_own desc,
            present.stage_rank desc,
            present.stage,
            present.stage_label
    )
    = 1
