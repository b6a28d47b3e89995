-- When each clock started, and the first contact and the first excuse that followed. No judgement yet.
with
    commitments as (select * from {{ ref("stg_agreement__commitments") }} where kind = 'clock'),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    counted_activities as (select * from {{ ref("stg_agreement__commitment_activities") }}),

    excuses as (select * from {{ ref("stg_agreement__commitment_excuses") }}),

    transitions as (select * from {{ ref("fct_stage_transitions") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    contacts as (select * from {{ ref("int_contacts") }}),

    stage_starts as (
        select journey_id, stage, min(entered_at) as started_at from transitions group by journey_id, stage
    ),

    clocks as (
        select
            stage_starts.journey_id || ':' || commitments.commitment as commitment_id,
            versions.version,
            commitments.commitment,
            commitments.team,
            commitments.clock_type,
            commitments.calendar,
            commitments.within_minutes,
            commitments.target_rate,
            stage_starts.journey_id,
            journeys.person_id,
            journeys.owner_id,
            stage_starts.started_at,
            case
                when journeys.journey_number = 1 then timestamp '0001-01-01' else journeys.entered_at
            end as contacts_from,
            coalesce(journeys.next_entered_at, timestamp '9999-12-31') as contacts_to
        from stage_starts
        inner join journeys on stage_starts.journey_id = journeys.journey_id
        inner join
            versions
            on stage_starts.started_at >= versions.valid_from
            and stage_starts.started_at < versions.valid_to
        inner join
            commitments
            on versions.version = commitments.version
            and stage_starts.stage = commitments.starts_at_stage
    ),

    clock_contacts as (
        select
            clocks.commitment_id,
            max(contacts.happened_at) filter (
                where contacts.happened_at < clocks.started_at
            ) as contacted_before_at,
            min(contacts.happened_at) filter (where contacts.happened_at >= clocks.started_at) as contacted_at
        from clocks
        inner join
            contacts
            on clocks.person_id = contacts.person_id
            and contacts.happened_at >= clocks.contacts_from
            and contacts.happened_at < clocks.contacts_to
        inner join
            counted_activities
            on clocks.version = counted_activities.version
            and clocks.commitment = counted_activities.commitment
            and contacts.activity_type = counted_activities.activity_type
        group by clocks.commitment_id
    ),

    contact_owners as (
        select person_id, happened_at, min(owner_id) as owner_id from contacts group by person_id, happened_at
    ),

    clock_excuses as (
        select clocks.commitment_id, transitions.entered_at as excused_at, transitions.stage as excused_by
        from clocks
        inner join
            transitions
            on clocks.journey_id = transitions.journey_id
            and transitions.entered_at >= clocks.started_at
        inner join
            excuses
            on clocks.version = excuses.version
            and clocks.commitment = excuses.commitment
            and transitions.stage = excuses.stage
        qualify
            row_number() over (
                partition by clocks.commitment_id order by transitions.entered_at, transitions.stage
            )
            = 1
    )

select
    clocks.commitment_id,
    clocks.version,
    clocks.commitment,
    clocks.team,
    clocks.clock_type,
    clocks.calendar,
    clocks.within_minutes,
    clocks.target_rate,
    clocks.journey_id,
    clocks.person_id,
    case
        when clock_contacts.contacted_at is null then clocks.owner_id else contact_owners.owner_id
    end as owner_id,
    clocks.started_at,
    clock_contacts.contacted_before_at,
    clock_contacts.contacted_at,
    clock_excuses.excused_at,
    clock_excuses.excused_by
from clocks
left join clock_contacts on clocks.commitment_id = clock_contacts.commitment_id
left join
    contact_owners
    on clocks.person_id = contact_owners.person_id
    and clock_contacts.contacted_at = contact_owners.happened_at
left join clock_excuses on clocks.commitment_id = clock_excuses.commitment_id
