-- From where tools measure: each picks another of these, which is why their figures differ.
with
    journeys as (select * from {{ ref("int_journeys") }}),

    transitions as (select * from {{ ref("int_stage_transitions") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    spells as (select * from {{ ref("int_owner_spells") }} where is_assigned),

    entries as (
        select journey_id, stage as clock_start, entered_at as started_at
        from transitions
        union all
        select transitions.journey_id, 'handed_over' as clock_start, transitions.entered_at as started_at
        from transitions
        inner join
            versions
            on transitions.agreement_version = versions.version
            and transitions.stage = versions.handoff_stage
        union all
        select transitions.journey_id, 'accepted' as clock_start, transitions.entered_at as started_at
        from transitions
        inner join
            versions
            on transitions.agreement_version = versions.version
            and transitions.stage = versions.accepted_stage
        union all
        select journey_id, 'created' as clock_start, entered_at as started_at
        from journeys
        union all
        -- Who comes back to a rep that still has him is assigned at once.
        select
            journeys.journey_id,
            'assigned' as clock_start,
            greatest(spells.owned_from, journeys.entered_at) as started_at
        from journeys
        inner join
            spells
            on journeys.person_id = spells.person_id
            and spells.owned_from < journeys.counts_to
            and spells.owned_until > journeys.entered_at
    )

select journey_id, clock_start, min(started_at) as started_at
from entries
group by journey_id, clock_start
