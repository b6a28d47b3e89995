{%- set spans = [
    ["elapsed", "stop", "stopped", "started", "paused"],
    ["since_created", "created", "started", "created", none],
] -%}

-- Both clocks of every commitment: calendar minutes and business minutes, and the instant when it falls due.
-- Where only the date is known there are no minutes, and an earliest due instant besides the latest.
with
    clocks as (select * from {{ ref("int_clock_stops") }}),

    pauses as (select * from {{ ref("int_clock_pauses") }}),

    {{ clock_instants() }},

    -- What paused falls due so much later, and took so much less.
    granted as (
        select
            business.*,
            business.allowed + coalesce(pauses.paused_until_due, 0) as granted,
            coalesce(pauses.paused, 0) as paused,
            coalesce(pauses.paused_business, 0) as paused_business
        from business
        left join pauses on business.clock_id = pauses.clock_id and business.is_latest = pauses.is_latest
    ),

    -- A business clock falls due in the open slot that its business time reaches; one that ends with the day,
    -- at closing time and not at the next opening: hence the microsecond.
    due as (
        select
            granted.*,
            case
                when granted.clock_type = 'calendar'
                then granted.started + granted.granted
                else
                    coalesce(
                        (due_slots.slot_number - due_slots.open_slots_before) * {{ slot_microseconds() }}
                        + granted.started_business
                        + granted.granted,
                        -- Later than the calendar goes.
                        {{ calendar_end("slots") }}
                    )
            end as due
        from granted
        left join
            slots as due_slots
            on granted.agreement_version = due_slots.agreement_version
            and granted.calendar = due_slots.calendar
            and due_slots.is_open
            and {{ slot_of("granted.started_business + granted.granted - 1") }} = due_slots.open_slots_before
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
    journey_owner_id,
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
    {%- for span, end, until, since, less in spans %}
        {%- for clock in ["", "_business"] %}
            ,
            case
                when has_start_time and has_{{ end }}_time
                then
                    cast(
                        {{ until ~ clock }} - {{ since ~ clock }}
                        {%- if less %} - {{ less ~ clock }} {%- endif %} as double
                    )
                    / 60000000
            end as {{ span ~ clock }}_minutes
        {%- endfor %}
    {%- endfor %}
from bounded
where is_latest
