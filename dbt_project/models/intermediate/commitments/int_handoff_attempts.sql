-- What sales tried with each lead that was handed over, and when this was due: at its first contact, else at
-- another commitment of sales to the lead. Without one the only thing to measure from is the handoff itself.
with
    leads as (select * from {{ ref("int_delivered_leads") }}),

    clocks as (select * from {{ ref("int_clock_statuses") }} where is_agreed and team = 'sales'),

    cadences as (select * from {{ ref("int_cadence_statuses") }} where team = 'sales'),

    -- Sales' own notes reach no lead.
    activities as (
        select *
        from {{ ref("int_person_activities") }}
        where is_contact and activity_type in ('call', 'email', 'meeting', 'document')
    ),

    sales_commitments as (
        select
            journey_id,
            due_at,
            until_stage is null as is_contact,
            until_stage is null
            and (stopped_at is not null or status_reason = 'already in contact') as is_in_contact
        from clocks
        union all
        select journey_id, due_at, false as is_contact, false as is_in_contact
        from cadences
    ),

    due_instants as (
        select
            journey_id,
            coalesce(min(case when is_contact then due_at end), min(due_at)) as due_at,
            max(case when is_in_contact then 1 else 0 end) = 1 as is_in_contact
        from sales_commitments
        group by journey_id
    ),

    -- Also in a later journey of the same person: a person called then has been touched.
    attempts as (
        select leads.journey_id, min(activities.happened_at) as first_attempt_at
        from leads
        inner join
            activities
            on leads.person_id = activities.person_id
            and {{ latest_of("activities.happened_at") }} >= leads.handed_over_at
        group by leads.journey_id
    )

select
    leads.journey_id,
    attempts.first_attempt_at,
    greatest(coalesce(due_instants.due_at, leads.handed_over_at), leads.handed_over_at) as contact_due_at,
    coalesce(due_instants.is_in_contact, false) as is_in_contact
from leads
left join due_instants on leads.journey_id = due_instants.journey_id
left join attempts on leads.journey_id = attempts.journey_id
