{#- The start, the stop and the creation of the lead of each row of `clocks`, in microseconds of the calendar and of
    business, and the time allowed: expressions of a `with` that has `clocks`. One that started on a day comes twice, from
    the beginning of it and from its end (is_latest). -#}
{% macro clock_instants() -%}
    {%- set stops_have_times -%}
        case when clocks.until_stage is null then sources.has_activity_times else sources.has_stage_times end
    {%- endset -%}
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
    )
{%- endmacro %}
