-- A score counts every event before it by the rules of its own version, so an event gives points under the
-- version of its day and under each one that came after.
with
    events as (select * from {{ ref("int_score_events") }}),

    matches as (select * from {{ ref("int_score_matches") }} where score_part = 'engagement'),

    versions as (select * from {{ ref("int_scoring_versions") }}),

    profiles as (select * from {{ ref("int_person_profiles") }})

select
    matches.agreement_version,
    matches.rule,
    events.event_type,
    events.event_id,
    events.person_id,
    events.happened_at,
    matches.points,
    matches.at_most
from matches
inner join events on matches.subject_id = events.event_kind_id
inner join
    versions
    on matches.agreement_version = versions.agreement_version
    and events.happened_at < versions.valid_to
-- A person who came in later has no score under it.
inner join profiles on events.person_id = profiles.person_id and profiles.created_at < versions.valid_to
