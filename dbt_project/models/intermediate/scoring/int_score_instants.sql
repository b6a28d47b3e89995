-- A score changes by an event that gives points and by another version; between them it only fades. It is
-- also wanted at the instant at which a label says a stage whose criteria read it.
with
    profiles as (select * from {{ ref("int_person_profiles") }}),

    versions as (select * from {{ ref("int_scoring_versions") }}),

    event_points as (select * from {{ ref("int_event_points") }}),

    stage_entries as (select * from {{ ref("int_stage_entries") }}),

    stages_by_score as (
        select stage
        from {{ ref("stg_agreement__stages") }}
        where score_at_least is not null
        union
        select stage
        from {{ ref("stg_agreement__stage_evidence") }}
        where evidence = 'grade'
    ),

    build as (select * from {{ ref("int_as_of") }}),

    instants as (
        select person_id, created_at as scored_at
        from profiles
        union
        select profiles.person_id, versions.valid_from as scored_at
        from profiles
        inner join versions on profiles.created_at < versions.valid_from
        union
        select profiles.person_id, build.as_of as scored_at
        from profiles
        cross join build
        union
        -- What a visitor did before anyone knew who it was counts from the instant at which it is known.
        select event_points.person_id, event_points.happened_at as scored_at
        from event_points
        inner join
            profiles
            on event_points.person_id = profiles.person_id
            and event_points.happened_at >= profiles.created_at
        union
        select stage_entries.person_id, stage_entries.entered_at as scored_at
        from stage_entries
        inner join stages_by_score on stage_entries.stage = stages_by_score.stage
    )

select instants.person_id, versions.version, instants.scored_at
from instants
inner join versions on instants.scored_at >= versions.valid_from and instants.scored_at < versions.valid_to
