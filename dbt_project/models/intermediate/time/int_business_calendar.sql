-- A dense calendar: all opening hours, holidays and clock changes fall on quarters of an hour, so
-- that the business time between two instants is the difference of two looked-up sums, without a
-- time-zone call per lead.
with
    windows as (select * from {{ source("agreement", "calendar_hours") }}),

    holidays as (select * from {{ source("agreement", "holidays") }}),

    -- Hours over midnight in two parts, each with its own weekday.
    hours as (
        select
            agreement_version,
            calendar,
            time_zone,
            iso_weekday,
            0 as days_after_opening,
            opens_at_minute,
            least(closes_at_minute, 1440) as closes_at_minute
        from windows
        union all
        select
            agreement_version,
            calendar,
            time_zone,
            iso_weekday % 7 + 1 as iso_weekday,
            1 as days_after_opening,
            0 as opens_at_minute,
            closes_at_minute - 1440 as closes_at_minute
        from windows
        where closes_at_minute > 1440
    ),

    span as (
        select
            {{ slot_of(to_microseconds("data_from")) }} as first_slot,
            -- Room for what falls due after the as-of.
            {{ slot_of(to_microseconds("as_of")) }} + 96 * 400 as last_slot
        from {{ ref("int_as_of") }}
    ),

    slots as (
        select value as slot_number
        from {{ integer_series("(select first_slot from span)", "(select last_slot from span)") }}
    ),

    calendars as (select distinct agreement_version, calendar, time_zone from windows),

    local_slots as (
        select
            calendars.agreement_version,
            calendars.calendar,
            slots.slot_number,
            {{
                utc_to_local(
                    from_microseconds("slots.slot_number * " ~ slot_microseconds()), "calendars.time_zone"
                )
            }} as local_at
        from calendars
        cross join slots
    ),

    local_minutes as (
        select
            *,
            {{ iso_weekday("local_at") }} as iso_weekday,
            extract(hour from local_at) * 60 + extract(minute from local_at) as minute_of_day,
            cast(local_at as date) as local_date
        from local_slots
    ),

    opened as (
        select
            local_minutes.agreement_version,
            local_minutes.calendar,
            local_minutes.slot_number,
            hours.calendar is not null and holidays.calendar is null as is_open
        from local_minutes
        left join
            hours
            on local_minutes.agreement_version = hours.agreement_version
            and local_minutes.calendar = hours.calendar
            and local_minutes.iso_weekday = hours.iso_weekday
            and local_minutes.minute_of_day >= hours.opens_at_minute
            and local_minutes.minute_of_day < hours.closes_at_minute
        left join
            holidays
            on local_minutes.agreement_version = holidays.agreement_version
            and local_minutes.calendar = holidays.calendar
            -- A holiday closes the hours that begin on it.
            and cast(
                {{ dbt.dateadd("day", "-hours.days_after_opening", "local_minutes.local_date") }} as date
            )
            = holidays.holiday_date
    )

select
    agreement_version,
    calendar,
    slot_number,
    is_open,
    -- The open slots before this one.
    coalesce(
        sum(case when is_open then 1 else 0 end) over (
            partition by agreement_version, calendar
            order by slot_number
            rows between unbounded preceding and 1 preceding
        ),
        0
    ) as open_slots_before
from opened
