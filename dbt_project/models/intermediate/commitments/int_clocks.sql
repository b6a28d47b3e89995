-- Every promise to act on a lead, on every journey that entered the stage at which it starts:
-- judged by the version of that instant.
with
    versions as (select * from {{ ref("stg_agreement__versions") }}),

    commitments as (select * from {{ ref("stg_agreement__commitments") }} where kind in ('clock', 'cadence')),

    transitions as (select * from {{ ref("int_stage_transitions") }}),

    journeys as (select * from {{ ref("int_journeys") }}),

    stage_starts as (
        select journey_id, stage, min(entered_at) as started_at from transitions group by journey_id, stage
    )

select
    stage_starts.journey_id || ':' || commitments.commitment as clock_id,
    versions.version,
    commitments.commitment,
    commitments.kind,
    commitments.team,
    commitments.clock_type,
    commitments.calendar,
    commitments.within_minutes,
    commitments.starts_at_stage,
    commitments.until_stage,
    commitments.target_rate,
    stage_starts.journey_id,
    journeys.person_id,
    journeys.owner_id as journey_owner_id,
    journeys.revenue_stream,
    journeys.lead_type,
    stage_starts.started_at,
    journeys.counts_from,
    journeys.counts_to
from stage_starts
inner join journeys on stage_starts.journey_id = journeys.journey_id
inner join versions on {{ in_force_at("versions", "stage_starts.started_at") }}
inner join
    commitments on versions.version = commitments.version and stage_starts.stage = commitments.starts_at_stage
