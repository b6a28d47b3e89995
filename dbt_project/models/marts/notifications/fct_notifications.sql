with
    rules as (select * from {{ ref("int_notification_rules") }}),

    transitions as (select * from {{ ref("int_stage_transitions") }} where stage = 'sql' and not is_inferred),

    journeys as (select * from {{ ref("int_journeys") }}),

    alerts as (select * from {{ ref("int_lead_alerts") }}),

    persons as (select * from {{ ref("dim_person") }}),

    documents as (select * from {{ ref("fct_documents") }} where is_opened and person_id is not null),

    opportunities as (select * from {{ ref("fct_opportunities") }}),

    absences as (select * from {{ ref("int_absences") }} where fault is null),

    commitments as (
        select *
        from {{ ref("fct_commitments") }}
        where kind = 'clock' and status in ('open', 'missed') and stopped_at is null
    ),

    reviews as (select * from {{ ref("fct_reviews") }} where status = 'due'),

    first_sqls as (select journey_id, min(entered_at) as entered_at from transitions group by journey_id),

    -- A commitment is notified while a lead waits for it.
    open_clocks as (
        select
            commitments.commitment_id,
            commitments.commitment,
            commitments.due_at,
            commitments.status,
            commitments.journey_id,
            journeys.person_id,
            journeys.owner_id
        from commitments
        inner join journeys on commitments.journey_id = journeys.journey_id
        where journeys.outcome = 'open'
    ),

    {%- set no_text = "cast(null as string)" %}
    {%- set no_clock = "cast(null as timestamp) as due_at, cast(null as string) as commitment_id" %}
    {%- set later = " + cast(rules.after_due_minutes as bigint) * 60000000" %}
    {%- set no_lead = no_text ~ ", " ~ no_text ~ ", " ~ no_clock %}

    -- What is about no lead and is sent on a day.
    of_days as (
        select distinct
            rules.event,
            cast(rules.digest_date as string) || ':' || open_clocks.owner_id as subject_id,
            {{ no_text }} as about,
            rules.digest_date as day_date,
            open_clocks.owner_id
        from open_clocks
        inner join {{ ref("dim_owner") }} as people on open_clocks.owner_id = people.owner_id
        inner join rules on rules.event = 'weekly_digest' and not people.is_automatic
        union all
        select 'review_due', period_name, period_name, due_date, {{ no_text }}
        from reviews
    ),

    events as (
        select
            'became_sql' as event,
            journeys.journey_id as subject_id,
            {{ no_text }} as about,
            first_sqls.entered_at as occurred_at,
            journeys.owner_id,
            journeys.person_id,
            journeys.journey_id,
            {{ no_clock }}
        from first_sqls
        inner join journeys on first_sqls.journey_id = journeys.journey_id
        union all
        select
            'came_back',
            journey_id,
            {{ no_text }},
            entered_at,
            owner_id,
            person_id,
            journey_id,
            {{ no_clock }}
        from journeys
        where journey_number > 1
        union all
        select event, alert_id, about, occurred_at, owner_id, person_id, journey_id, {{ no_clock }}
        from alerts
        union all
        select
            'offer_opened',
            documents.document_id,
            documents.document_label,
            documents.first_opened_at,
            -- A document tool often has only the name of the sender.
            coalesce(opportunities.owner_id, persons.owner_id, documents.owner_id),
            documents.person_id,
            opportunities.journey_id,
            {{ no_clock }}
        from documents
        left join opportunities on documents.opportunity_id = opportunities.opportunity_id
        left join persons on documents.person_id = persons.person_id
        union all
        select
            rules.event,
            open_clocks.commitment_id,
            open_clocks.commitment,
            {{ from_microseconds(to_microseconds("open_clocks.due_at") ~ later) }},
            open_clocks.owner_id,
            open_clocks.person_id,
            open_clocks.journey_id,
            open_clocks.due_at,
            open_clocks.commitment_id
        from open_clocks
        inner join
            rules
            on (rules.event = 'due_soon' and open_clocks.status = 'open')
            or (rules.event in ('breached', 'escalated') and open_clocks.status = 'missed')
        union all
        select event, subject_id, about, {{ start_of_date("day_date") }}, owner_id, {{ no_lead }}
        from of_days
    )

select
    events.event || ':' || events.subject_id as notification_id,
    events.event,
    events.about,
    events.occurred_at,
    {{ local_date("events.occurred_at") }} as occurred_date,
    events.due_at,
    events.owner_id,
    absences.cover_id as cover_owner_id,
    events.person_id,
    events.journey_id,
    events.commitment_id,
    rules.agreement_version
from events
inner join
    rules
    on events.event = rules.event
    and events.occurred_at > rules.notify_from_at
    and events.occurred_at <= rules.notify_until_at
-- By the time of the event, so that an absence that begins later does not notify it again.
left join
    absences
    on events.owner_id = absences.owner_id
    and events.occurred_at >= absences.absent_from
    and events.occurred_at < absences.absent_until
