-- Both clocks of every commitment: minutes on the calendar and minutes of business, and the
-- instant when it falls due.
with
    clocks as (select * from {{ ref("int_clock_stops") }}),

    slots as (select * from {{ ref("int_business_calendar") }}),

    instants as (
        select
            *,
            {{ to_microseconds("started_at") }} as started,
            {{ to_microseconds("stopped_at") }} as stopped,
            {{ to_microseconds("journey_entered_at") }} as created,
            cast(within_minutes as bigint) * 60000000 as allowed
        from clocks
    ),

    business as (
        select
            instants.*,
            {{ business_time("start_slots", "instants.started") }} as started_business,
            {{ business_time("stop_slots", "instants.stopped") }} as stopped_business,
            {{ business_time("created_slots", "instants.created") }} as created_business
        from instants
        inner join
            slots as start_slots
            on instants.version = start_slots.version
            and instants.calendar = start_slots.calendar
            and {{ slot_of("instants.started") }} = start_slots.slot_number
        left join
            slots as stop_slots
            on instants.version = stop_slots.version
            and instants.calendar = stop_slots.calendar
            and {{ slot_of("instants.stopped") }} = stop_slots.slot_number
        left join
            slots as created_slots
            on instants.version = created_slots.version
            and instants.calendar = created_slots.calendar
            and {{ slot_of("instants.created") }} = created_slots.slot_number
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
    clock_id,
    version,
    commitment,
    kind,
    team,
    clock_start,
    is_agreed,
    clock_type,
    calendar,
    within_minutes,
    target_rate,
    until_stage,
    journey_id,
    person_id,
    revenue_stream,
    lead_type,
    owner_id,
    started_at,
    {{ from_microseconds("due") }} as due_at,
    stopped_before_at,
    stopped_at,
    excused_at,
    excused_by,
    is_excused_by_owner,
    own_exit,
    cast(stopped - started as double) / 60000000 as elapsed_minutes,
    cast(stopped_business - started_business as double) / 60000000 as elapsed_business_minutes,
    cast(started - created as double) / 60000000 as since_created_minutes,
    cast(started_business - created_business as double) / 60000000 as since_created_business_minutes
from due
