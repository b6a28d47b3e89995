-- Both clocks of every commitment: calendar minutes and business minutes, and the instant when it falls due.
-- Where only the date is known there are no minutes: a clock that started on a day may have started at its
-- end, and is due from there on; how long it took is not known.
with
    clocks as (select * from {{ ref("int_clock_stops") }}),

    slots as (select * from {{ ref("int_business_calendar") }}),

    sources as (
        select
            coalesce(max(case when entity = 'stage_changes' and has_times then 1 else 0 end), 0)
            = 1 as has_stage_times,
            coalesce(max(case when entity = 'activities' and has_times then 1 else 0 end), 0)
            = 1 as has_activity_times
        from {{ ref("int_source_ends") }}
    ),

    timed as (
        select
            clocks.*,
            {{ has_time("clocks.started_at") }}
            and (sources.has_stage_times or not {{ is_midnight("clocks.started_at") }}) as has_start_time,
            {{ has_time("clocks.journey_entered_at") }} as has_created_time,
            {{ has_time("clocks.stopped_at") }}
            and (
                case
                    when clocks.until_stage is null
                    then sources.has_activity_times
                    else sources.has_stage_times
                end
                or not {{ is_midnight("clocks.stopped_at") }}
            ) as has_stop_time,
            {{ start_of_date(next_day(local_date("clocks.started_at"))) }} as day_after_at
        from clocks
        cross join sources
    ),

    instants as (
        select
            *,
            case
                when has_start_time
                then {{ exact_microseconds("started_at") }}
                else {{ to_microseconds("day_after_at") }}
            end as started,
            {{ exact_microseconds("stopped_at") }} as stopped,
            {{ exact_microseconds("journey_entered_at") }} as created,
            cast(within_minutes as bigint) * 60000000 as allowed
        from timed
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
            on instants.agreement_version = start_slots.agreement_version
            and instants.calendar = start_slots.calendar
            and {{ slot_of("instants.started") }} = start_slots.slot_number
        left join
            slots as stop_slots
            on instants.agreement_version = stop_slots.agreement_version
            and instants.calendar = stop_slots.calendar
            and {{ slot_of("instants.stopped") }} = stop_slots.slot_number
        left join
            slots as created_slots
            on instants.agreement_version = created_slots.agreement_version
            and instants.calendar = created_slots.calendar
            and {{ slot_of("instants.created") }} = created_slots.slot_number
    ),

    -- A business clock falls due in the open slot that its business time reaches; one that ends with the last
    -- minute of the day is due at closing time, not at the next opening. That is why a microsecond is
    -- subtracted.
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
            on business.agreement_version = due_slots.agreement_version
            and business.calendar = due_slots.calendar
            and due_slots.is_open
            and {{ slot_of("business.started_business + business.allowed - 1") }}
            = due_slots.open_slots_before
    )

select
    clock_id,
    agreement_version,
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
    -- Due at midnight is still in time at the midnight that was given.
    case
        when has_start_time then {{ timed(from_microseconds("due")) }} else {{ from_microseconds("due") }}
    end as due_at,
    stopped_before_at,
    stopped_at,
    excused_at,
    excused_by,
    is_excused_by_owner,
    own_exit,
    case
        when has_start_time and has_stop_time then cast(stopped - started as double) / 60000000
    end as elapsed_minutes,
    case
        when has_start_time and has_stop_time
        then cast(stopped_business - started_business as double) / 60000000
    end as elapsed_business_minutes,
    case
        when has_start_time and has_created_time then cast(started - created as double) / 60000000
    end as since_created_minutes,
    case
        when has_start_time and has_created_time
        then cast(started_business - created_business as double) / 60000000
    end as since_created_business_minutes
from due
