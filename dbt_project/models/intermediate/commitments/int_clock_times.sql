{%- set spans = [
    ["elapsed", "stop", "stopped", "started"],
    ["since_created", "created", "started", "created"],
] -%}
{%- set stops_have_times -%}
    case when clocks.until_stage is null then sources.has_activity_times else sources.has_stage_times end
{%- endset -%}

-- Both clocks of every commitment: calendar minutes and business minutes, and the instant when it falls due.
-- Where only the date is known there are no minutes, and an earliest due instant besides the latest.
with
    clocks as (select * from {{ ref("int_clock_stops") }}),

    slots as (select * from {{ ref("int_business_calendar") }}),

    sources as (
        select
            coalesce(bool_or(entity = 'stage_changes' and has_times), false) as has_stage_times,
            coalesce(bool_or(entity = 'activities' and has_times), false) as has_activity_times
        from {{ ref("int_source_ends") }}
    ),

    timed as (
        select
            clocks.*,
            {{ has_time("clocks.started_at") }}
            and (sources.has_stage_times or not {{ is_midnight("clocks.started_at") }}) as has_start_time,
            {{ has_time("clocks.journey_entered_at") }} as has_created_time,
            {{ has_time("clocks.stopped_at") }}
            and ({{ stops_have_times }} or not {{ is_midnight("clocks.stopped_at") }}) as has_stop_time,
            {{ start_of_date(next_day(local_date("clocks.started_at"))) }} as day_after_at,
            case
                when {{ stops_have_times }} or not {{ is_midnight("clocks.stopped_by_at") }}
                then clocks.stopped_by_at
                else {{ end_of_day("clocks.stopped_by_at") }}
            end as latest_stop_at
        from clocks
        cross join sources
    ),

    -- A clock that started on a day twice, from the beginning of it and from its end.
    bounds as (
        select *, true as is_latest
        from timed
        union all
        select *, false as is_latest
        from timed
        where not has_start_time
    ),

    instants as (
        select
            *,
            case
                when has_start_time or not is_latest
                then {{ exact_microseconds("started_at") }}
                else {{ to_microseconds("day_after_at") }}
            end as started,
            {{ exact_microseconds("stopped_at") }} as stopped,
            {{ exact_microseconds("journey_entered_at") }} as created,
            cast(within_minutes as bigint) * 60000000 as allowed
        from bounds
    ),

    business as (
        select
            instants.*
            {%- for instant in ["started", "stopped", "created"] %}
                , {{ business_time(instant ~ "_slots", "instants." ~ instant) }} as {{ instant }}_business
            {%- endfor %}
        from instants
        {%- for instant in ["started", "stopped", "created"] %}
                {{ "inner" if loop.first else "left" }}
            join
                slots as {{ instant }}_slots
                on instants.agreement_version = {{ instant }}_slots.agreement_version
                and instants.calendar = {{ instant }}_slots.calendar
                and {{ slot_of("instants." ~ instant) }} = {{ instant }}_slots.slot_number
        {%- endfor %}
    ),

    -- A business clock falls due in the open slot that its business time reaches; one that ends with the day,
    -- at closing time and not at the next opening: hence the microsecond.
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
    ),

    bounded as (select *, min(due) over (partition by clock_id) as earliest_due from due)

select
    clock_id,
    agreement_version,
    commitment,
    tier,
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
    {{ timed(from_microseconds("earliest_due")) }} as earliest_due_at,
    stopped_before_at,
    stopped_at,
    latest_stop_at as stopped_by_at,
    excused_by_at,
    excused_at,
    excused_by,
    is_excused_by_owner,
    own_exit
    {%- for span, end, until, since in spans %}
        {%- for clock in ["", "_business"] %}
            ,
            case
                when has_start_time and has_{{ end }}_time
                then cast({{ until ~ clock }} - {{ since ~ clock }} as double) / 60000000
            end as {{ span ~ clock }}_minutes
        {%- endfor %}
    {%- endfor %}
from bounded
where is_latest
