{%- set tried_at -%}
    case
        when not is_from_person and activity_class != 'void' and activity_type in ('call', 'email', 'meeting')
        then happened_at
    end
{%- endset -%}

-- Activities between sales and a person, in the types of the agreement. One event that several calendars or
-- systems record is one activity: it is represented by the record with the outcome, else the one logged
-- first.
with
    -- It is the person who unsubscribes.
    known as (
        select *, coalesce(is_inbound or activity_type = 'opt_out', false) as is_from_person
        from {{ ref("int_known_activities") }}
    ),

    owner_links as (select * from {{ ref("int_owner_links") }}),

    events as (
        select *
        from known
        qualify
            row_number() over (
                partition by event_id
                order by
                    case when outcome_label is null then 1 else 0 end,
                    logged_at nulls last,
                    activity_id,
                    person_record_id
            )
            = 1
    ),

    ties as (select distinct event_id, person_id from known),

    -- A queue or the system itself contacts nobody, and a sequence only if the agreement counts it.
    evaluated as (
        select
            events.activity_id,
            ties.person_id,
            {{ global_id("events.system", "events.opportunity_record_id") }} as opportunity_id,
            owner_links.owner_id,
            events.activity_type,
            events.activity_label,
            events.outcome_label,
            events.is_wrong_number,
            events.happened_at,
            events.logged_at,
            events.is_from_person,
            case
                when events.is_from_person
                then events.outcome_class
                when coalesce(owner_links.is_automatic, false) or coalesce(events.is_automatic, false)
                then 'void'
                else events.outcome_class
            end as activity_class,
            case
                when
                    events.is_automatic
                    and not events.is_from_person
                    and not coalesce(owner_links.is_automatic, false)
                then events.outcome_class
            end as sequence_class
        from events
        inner join ties on events.event_id = ties.event_id
        left join
            owner_links
            on events.system = owner_links.system
            and events.owner_record_id = owner_links.owner_record_id
    )

select
    *,
    is_from_person and activity_class != 'void' as is_inbound,
    -- What a person at the company did towards a person can keep a commitment to contact.
    not is_from_person and activity_class != 'void' as is_contact,
    -- Of one instant, and of one day without times, either may have been the first.
    max({{ tried_at }}) over before_instant as tried_before_at,
    max({{ tried_at }}) over until_instant as tried_until_at
from evaluated
window
    before_instant as (
        partition by person_id
        order by {{ to_microseconds("happened_at") }}
        range between unbounded preceding and 1 preceding
    ),
    until_instant as (
        partition by person_id
        order by {{ to_microseconds("happened_at") }}
        range between unbounded preceding and current row
    )
