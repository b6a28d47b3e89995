-- A clock runs until it was kept or excused; if neither, until it fell due or the as-of. One that
-- was kept before it started never ran.
with
    clocks as (select * from {{ ref("int_clock_statuses") }} where is_agreed),

    assignments as (select * from {{ ref("int_owner_assignments") }}),

    slots as (select * from {{ ref("int_business_calendar") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    ran as (
        select
            clocks.*,
            as_of.as_of,
            case
                when clocks.status = 'excused'
                then clocks.excused_at
                else coalesce(clocks.stopped_at, least(clocks.due_at, as_of.as_of))
            end as ended_at
        from clocks
        cross join as_of
        where clocks.status_reason not in ('already in contact', 'already there')
    ),

    held as (
        select
            ran.*,
            assignments.owner_id as holder_id,
            {{ to_microseconds("greatest(assignments.owned_from, ran.started_at)") }} as held_from,
            {{ to_microseconds("least(assignments.owned_until, ran.ended_at)") }} as held_until,
            ran.due_at <= ran.as_of
            and assignments.owned_from <= ran.due_at
            and assignments.owned_until > ran.due_at as is_owner_when_due
        from ran
        inner join
            assignments
            on ran.person_id = assignments.person_id
            and assignments.owned_until > ran.started_at
            and (assignments.owned_from < ran.ended_at or assignments.owned_from <= ran.started_at)
    ),

    timed as (
        select
            held.*,
            held.held_until - held.held_from as held_time,
            {{ business_time("until_slots", "held.held_until") }}
            - ({{ business_time("from_slots", "held.held_from") }}) as held_business_time
        from held
        inner join
            slots as from_slots
            on held.agreement_version = from_slots.agreement_version
            and held.calendar = from_slots.calendar
            and {{ slot_of("held.held_from") }} = from_slots.slot_number
        inner join
            slots as until_slots
            on held.agreement_version = until_slots.agreement_version
            and held.calendar = until_slots.calendar
            and {{ slot_of("held.held_until") }} = until_slots.slot_number
    )

select
    commitment_id,
    agreement_version,
    team,
    commitment,
    journey_id,
    holder_id as owner_id,
    started_at,
    ended_at,
    cast(sum(held_time) as double) / 60000000 as held_minutes,
    cast(sum(held_business_time) as double) / 60000000 as held_business_minutes,
    cast(sum(held_time) as double)
    / nullif(sum(sum(held_time)) over (partition by commitment_id), 0) as share_rate,
    max(case when is_owner_when_due then 1 else 0 end) = 1 as is_owner_when_due
from timed
group by commitment_id, agreement_version, team, commitment, journey_id, holder_id, started_at, ended_at
