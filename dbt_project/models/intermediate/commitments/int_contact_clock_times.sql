-- Both clocks of every commitment: minutes on the calendar and minutes of business, and the instant when it
-- falls due.
with
    clocks as (select * from {{ ref("int_contact_clocks") }}),

    slots as (select * from {{ ref("int_business_calendar") }}),

    instants as (
        select
            *,
            {{ to_microseconds("started_at") }} as started,
            {{ to_microseconds("contacted_at") }} as contacted,
            cast(within_minutes as bigint) * 60000000 as allowed
        from clocks
    ),

    -- Business time since the calendar began: whole open slots, and the part of the slot that is running.
    business as (
        select
            instants.*,
            start_slots.open_slots_before * {{ slot_microseconds() }} + case
                when start_slots.is_open then instants.started % {{ slot_microseconds() }} else 0
            end as started_business,
            contact_slots.open_slots_before * {{ slot_microseconds() }} + case
                when contact_slots.is_open then instants.contacted % {{ slot_microseconds() }} else 0
            end as contacted_business
        from instants
        inner join
            slots as start_slots
            on instants.version = start_slots.version
            and instants.calendar = start_slots.calendar
            and {{ slot_of("instants.started") }} = start_slots.slot_number
        left join
            slots as contact_slots
            on instants.version = contact_slots.version
            and instants.calendar = contact_slots.calendar
            and {{ slot_of("instants.contacted") }} = contact_slots.slot_number
    ),

    -- A business clock falls due in the open slot that its business time reaches; what ends with the last
    -- minute of the day is due at closing time, not at the next opening (hence the microsecond).
    due as (
        select
            business.*,
            case
                when business.clock_type = 'calendar'
                then business.started + business.allowed
                else
                    (due_slots.slot_number - due_slots.open_slots_before) * {{ slot_microseconds() }}
                    + business.started_business
                    + business.allowed
            end as due
        from business
        left join
            slots as due_slots
            on business.version = due_slots.version
            and business.calendar = due_slots.calendar
            and due_slots.is_open
            and {{ slot_of("business.started_business + business.allowed - 1") }}
            = due_slots.open_slots_before
    )

select
    commitment_id,
    version,
    commitment,
    team,
    clock_type,
    within_minutes,
    target_rate,
    journey_id,
    person_id,
    owner_id,
    started_at,
    {{ from_microseconds("due") }} as due_at,
    contacted_before_at,
    contacted_at,
    excused_at,
    excused_by,
    cast(contacted - started as double) / 60000000 as elapsed_minutes,
    cast(contacted_business - started_business as double) / 60000000 as elapsed_business_minutes
from due
