-- The starts from which tools measure: each uses another one of these, so their figures differ. A stage that
-- was skipped starts nothing, nor does what is only known to have come between two exports, and a deal that
-- sales opened by itself is not a lead that could be created or assigned.
with
    all_transitions as (select * from {{ ref("int_stage_transitions") }}),

    transitions as (select * from all_transitions where not is_inferred and entered_after_at is null),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    journeys as (select * from {{ ref("int_journeys") }} where not is_opened_by_sales),

    begun as (
        select journeys.journey_id, journeys.entered_at
        from journeys
        left join
            all_transitions
            on journeys.journey_id = all_transitions.journey_id
            and journeys.entered_at = all_transitions.entered_at
        group by journeys.journey_id, journeys.entered_at
        having max(all_transitions.entered_after_at) is null
    ),

    assignments as (
        select * from {{ ref("int_owner_assignments") }} where is_assigned and owned_after_at is null
    ),

    entries as (
        select journey_id, stage as clock_start, entered_at as started_at
        from transitions
        union all
        select transitions.journey_id, 'handed_over' as clock_start, transitions.entered_at as started_at
        from transitions
        inner join
            versions
            on transitions.agreement_version = versions.agreement_version
            and transitions.stage = versions.handoff_stage
        union all
        select transitions.journey_id, 'accepted' as clock_start, transitions.entered_at as started_at
        from transitions
        inner join
            versions
            on transitions.agreement_version = versions.agreement_version
            and transitions.stage = versions.accepted_stage
        union all
        select journey_id, 'created' as clock_start, entered_at as started_at
        from begun
        union all
        -- A person who returns to a rep who still owns them is assigned at once.
        select
            journeys.journey_id,
            'assigned' as clock_start,
            greatest(assignments.owned_from, journeys.entered_at) as started_at
        from journeys
        inner join
            assignments
            on journeys.person_id = assignments.person_id
            and assignments.owned_from < journeys.counts_to
            and assignments.owned_until > journeys.entered_at
    )

select journey_id, clock_start, min(started_at) as started_at
from entries
group by journey_id, clock_start
