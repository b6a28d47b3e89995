-- A record that ends before it begins is a fault of its system; it is shown here and clamped nowhere.
with
    persons as (select * from {{ ref("int_persons") }} where {{ until_as_of("created_at") }}),

    opportunities as ({{ without_excluded_opportunities("int_opportunities") }}),

    closings as (select * from {{ ref("int_closings") }}),

    activities as (
        select distinct system, activity_record_id, duration_minutes
        from {{ ref("int_activities") }}
        where {{ until_as_of("happened_at") }}
    ),

    known_activities as (select * from {{ ref("int_known_activities") }}),

    profiles as (select person_id, created_at from {{ ref("int_person_profiles") }}),

    documents as (select * from {{ ref("int_documents") }} where {{ until_as_of("sent_at") }}),

    tickets as (select * from {{ ref("int_tickets") }} where {{ until_as_of("created_at") }}),

    -- By the record that the opportunity names: of a person with several records, another may be older.
    durations as (
        select
            opportunities.system,
            'person created' as from_event,
            'opportunity opened' as to_event,
            {{ minutes_between("persons.created_at", "opportunities.created_at") }} as minutes
        from opportunities
        inner join
            persons
            on opportunities.system = persons.system
            and opportunities.person_record_id = persons.person_record_id
        union all
        select
            opportunities.system,
            'opportunity opened' as from_event,
            'opportunity closed' as to_event,
            {{ minutes_between("opportunities.created_at", "closings.closed_at") }} as minutes
        from opportunities
        inner join
            closings
            on opportunities.system = closings.system
            and opportunities.opportunity_record_id = closings.opportunity_record_id
        where {{ until_as_of("closings.closed_at") }}
        union all
        -- What sales did before the lead was known keeps no commitment to it. By the lead's first record: a
        -- conversion gives a lead's tasks to the contact that it creates.
        select
            known_activities.system,
            'person created' as from_event,
            'contact' as to_event,
            {{ minutes_between("profiles.created_at", "known_activities.happened_at") }} as minutes
        from known_activities
        inner join profiles on known_activities.person_id = profiles.person_id
        where
            known_activities.activity_type in ('call', 'email', 'meeting')
            and known_activities.outcome_class <> 'void'
            and not coalesce(known_activities.is_inbound, false)
        union all
        select
            system, 'activity begun' as from_event, 'activity ended' as to_event, duration_minutes as minutes
        from activities
        where duration_minutes is not null
        union all
        select
            system,
            'document sent' as from_event,
            'document opened' as to_event,
            {{ minutes_between("sent_at", "first_opened_at") }} as minutes
        from documents
        where {{ until_as_of("first_opened_at") }}
        union all
        select
            system,
            'ticket opened' as from_event,
            'ticket answered' as to_event,
            {{ minutes_between("created_at", "first_answered_at") }} as minutes
        from tickets
        where {{ until_as_of("first_answered_at") }}
        union all
        select
            system,
            'ticket opened' as from_event,
            'ticket closed' as to_event,
            {{ minutes_between("created_at", "closed_at") }} as minutes
        from tickets
        where {{ until_as_of("closed_at") }}
    )

select
    system,
    from_event,
    to_event,
    count(*) as row_count,
    count(*) filter (where minutes < 0) as negative_row_count,
    min(minutes) / 1440 as smallest_days
from durations
group by system, from_event, to_event
