with
    transitions as (select * from {{ ref("fct_stage_transitions") }} where not is_left_again),

    commitments as (select * from {{ ref("fct_commitments") }}),

    documents as (select * from {{ ref("fct_documents") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    persons as (select * from {{ ref("dim_person") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    build as (
        select
            as_of,
            time_zone,
            {{ local_to_utc("cast(as_of_date as timestamp) - interval '1 day'", "time_zone") }}
            as yesterday_at
        from {{ ref("dim_build") }}
    ),

    stage_entries as (
        select
            'stage:' || stage_transition_id as change_id,
            case when from_stage is null and journey_number > 1 then 'came back' else 'stage' end as kind,
            team,
            owner_id,
            person_id,
            journey_id,
            entered_at as happened_at,
            from_stage,
            stage as title,
            reason_label as detail
        from transitions
    ),

    -- Kept at the instant at which it was kept, due or not; missed when it fell due.
    statuses as (
        select
            case when commitments.status = 'missed' then 'missed:' else 'kept:' end
            || commitments.commitment_id as change_id,
            case when commitments.status = 'missed' then 'missed' else 'kept' end as kind,
            commitments.team,
            commitments.owner_id,
            journeys.person_id,
            commitments.journey_id,
            case
                when commitments.status in ('kept', 'early')
                then coalesce(commitments.stopped_at, commitments.started_at)
                else commitments.due_at
            end as happened_at,
            cast(null as string) as from_stage,
            commitments.commitment as title,
            commitments.status_reason as detail
        from commitments
        left join journeys on commitments.journey_id = journeys.journey_id
        where commitments.status in ('kept', 'early', 'missed')
    ),

    opened as (
        select
            'opened:' || document_id as change_id,
            'document opened' as kind,
            'sales' as team,
            cast(null as string) as owner_id,
            person_id,
            cast(null as string) as journey_id,
            first_opened_at as happened_at,
            cast(null as string) as from_stage,
            document_label as title,
            cast(null as string) as detail
        from documents
        where first_opened_at is not null
    ),

    changes as (
        select *
        from stage_entries
        union all
        select *
        from statuses
        union all
        select *
        from opened
    ),

    recent as (
        select
            changes.*,
            coalesce(changes.owner_id, persons.owner_id) as shown_owner_id,
            {{ utc_to_local("changes.happened_at", build_zone()) }} as happened_local_at
        from changes
        inner join build on changes.happened_at >= build.yesterday_at and changes.happened_at <= build.as_of
        left join persons on changes.person_id = persons.person_id
    )

select
    recent.change_id,
    recent.kind,
    recent.team,
    recent.shown_owner_id as owner_id,
    case
        when recent.person_id is null then '(team)' else coalesce(owners.owner_name, '(no owner)')
    end as owner_name,
    recent.person_id,
    recent.journey_id,
    recent.happened_at,
    recent.happened_local_at,
    recent.from_stage,
    recent.title,
    recent.detail
from recent
left join owners on recent.shown_owner_id = owners.owner_id
