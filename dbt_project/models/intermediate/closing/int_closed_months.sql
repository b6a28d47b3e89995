-- A build closes the months that are due according to the agreement, with its own figures; they are kept
-- after its checks. Kept ones take precedence. A build for an earlier as-of than the data's end does not know
-- of later closings, and one for a later as-of is a forecast: it closes nothing.
with
    kept as (select * from {{ source("closing", "months") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    build as (select *, {{ local_date("as_of") }} as as_of_date from {{ ref("int_as_of") }}),

    known as (
        select kept.*, true as is_kept
        from kept
        cross join build
        where kept.closed_at <= build.as_of or build.data_until <= build.as_of
    ),

    span as (
        select
            cast(date_trunc('month', {{ local_date("data_from") }}) as date) as first_date,
            cast(date_trunc('month', as_of_date) as date) as last_date
        from build
    ),

    numbers as (
        select value
        from {{ integer_series("0", "(select " ~ months_between("first_date", "last_date") ~ " from span)") }}
    ),

    months as (
        select
            {{ add_months("span.first_date", "numbers.value") }} as month_date,
            {{ add_months("span.first_date", "numbers.value + 1") }} as end_date
        from span
        cross join numbers
    ),

    -- By the version in force on the month's last day.
    due as (
        select months.month_date, build.as_of as closed_at, 'rule' as closed_by, false as is_kept
        from months
        cross join build
        inner join
            versions
            on versions.effective_from < months.end_date
            and months.end_date <= {{ next_day("coalesce(versions.effective_to, date '9999-12-30')") }}
        where
            build.as_of <= build.data_until
            and {{ dbt.dateadd("day", "versions.closing_after_days", "months.end_date") }} <= build.as_of_date
    )

select month_date, closed_at, closed_by, is_kept
from known
union all
select month_date, closed_at, closed_by, is_kept
from due
where not exists (select 1 from known where due.month_date = known.month_date)
