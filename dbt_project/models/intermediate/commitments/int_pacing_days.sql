-- A month that has a calendar falls due on the days on which the calendar is open at all, else on every day;
-- so does a month in which it is never open.
with
    versions as (select * from {{ ref("stg_agreement__versions") }}),

    commitments as (select * from {{ source("agreement", "commitments") }} where kind = 'lead_value'),

    open_weekdays as (
        select distinct agreement_version, calendar, iso_weekday
        from {{ source("agreement", "calendar_hours") }}
    ),

    holidays as (select * from {{ source("agreement", "holidays") }}),

    clock as (select {{ local_date("as_of") }} as as_of_date from {{ ref("int_as_of") }}),

    first_lead as ({{ first_handoff() }}),

    -- Months have a target from the first with a lead until the one of the as-of.
    span as (
        select
            cast(date_trunc('month', first_lead.first_lead_date) as date) as first_date,
            {{ add_months("cast(date_trunc('month', clock.as_of_date) as date)", "1") }} as end_date,
            clock.as_of_date
        from first_lead
        cross join clock
    ),

    numbers as (
        select value
        from {{ integer_series("0", "(select " ~ days_apart("first_date", "end_date") ~ " - 1 from span)") }}
    ),

    days as (
        select
            cast({{ dbt.dateadd("day", "numbers.value", "span.first_date") }} as date) as pacing_date,
            span.as_of_date
        from numbers
        cross join span
    ),

    promised_days as (
        select
            commitments.agreement_version,
            commitments.commitment,
            commitments.team,
            days.pacing_date,
            cast(date_trunc('month', days.pacing_date) as date) as month_date,
            days.as_of_date,
            case
                when commitments.calendar is null
                then 1
                when open_weekdays.iso_weekday is not null and holidays.holiday_date is null
                then 1
                else 0
            end as open_day
        from commitments
        cross join days
        left join
            open_weekdays
            on commitments.agreement_version = open_weekdays.agreement_version
            and commitments.calendar = open_weekdays.calendar
            and {{ iso_weekday("days.pacing_date") }} = open_weekdays.iso_weekday
        left join
            holidays
            on commitments.agreement_version = holidays.agreement_version
            and commitments.calendar = holidays.calendar
            and days.pacing_date = holidays.holiday_date
    ),

    weighed as (
        select *, case when max(open_day) over month_days = 0 then 1 else open_day end as due_day
        from promised_days
        window month_days as (partition by agreement_version, commitment, month_date)
    ),

    whole_months as (
        select
            *, sum(due_day) over (partition by agreement_version, commitment, month_date) as due_days_of_month
        from weighed
    )

select
    whole_months.agreement_version,
    whole_months.commitment,
    whole_months.team,
    whole_months.pacing_date,
    whole_months.month_date,
    whole_months.as_of_date,
    whole_months.due_days_of_month,
    -- Only the days of the version: a month that two versions share is a target of both, each for its days.
    sum(whole_months.due_day) over (
        partition by whole_months.agreement_version, whole_months.commitment, whole_months.month_date
        order by whole_months.pacing_date
    ) as due_days_elapsed
from whole_months
inner join
    versions
    on whole_months.agreement_version = versions.agreement_version
    and whole_months.pacing_date >= versions.effective_from
    and whole_months.pacing_date <= coalesce(versions.effective_to, date '9999-12-31')
