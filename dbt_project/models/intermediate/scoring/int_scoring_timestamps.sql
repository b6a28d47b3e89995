-- A score changes by an event that gives points and by another version; between them it only fades. An entry
-- into a stage is scored as well, because definitions ask for the score of that very instant.
with
    profiles as (select * from {{ ref("int_person_profiles") }}),

    versions as (select * from {{ ref("int_scoring_versions") }}),

    event_points as (select * from {{ ref("int_event_points") }}),

    stage_changes as (select * from {{ ref("int_labelled_stage_changes") }}),

    assignments as (select * from {{ ref("int_owner_assignments") }} where is_assigned),

    scored_tiers as (
        select count(*) as condition_count
        from {{ source("agreement", "commitment_conditions") }}
        where attribute in ('grade', 'score_at_least')
    ),

    build as (select * from {{ ref("int_as_of") }}),

    happenings as (
        select person_id, happened_at
        from event_points
        union
        -- What else happened on the day counts for an entry of which only the day is known.
        select person_id, least({{ latest_of("entered_at") }}, build.as_of) as happened_at
        from stage_changes
        cross join build
        union
        -- A tier may ask for the score with which a lead was assigned.
        select
            assignments.person_id,
            least({{ latest_of("assignments.owned_from") }}, build.as_of) as happened_at
        from assignments
        cross join build
        inner join scored_tiers on scored_tiers.condition_count > 0
    ),

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
        -- The events of a visitor before the person was known count from the instant at which the person is
        -- known.
        select happenings.person_id, happenings.happened_at as scored_at
        from happenings
        inner join
            profiles
            on happenings.person_id = profiles.person_id
            and happenings.happened_at >= profiles.created_at
    )

select instants.person_id, versions.agreement_version, instants.scored_at, false as is_before
from instants
inner join versions on {{ in_force_at("versions", "instants.scored_at") }}
union all
-- The state just before: by the version that was in force until then, without what happened at the instant.
select instants.person_id, versions.agreement_version, instants.scored_at, true as is_before
from instants
inner join profiles on instants.person_id = profiles.person_id and instants.scored_at > profiles.created_at
inner join versions on instants.scored_at > versions.valid_from and instants.scored_at <= versions.valid_to
