-- The fiscal year has the number of the year in which it starts.
with
    build as (select * from {{ ref("dim_build") }}),

    span as (
        select
            {{ fiscal_period(local_date("data_from"), "fiscal_year_start_month", 12) }} as first_date,
            {{ add_months(fiscal_period("as_of_date", "fiscal_year_start_month", 12), 12) }} as end_date,
            as_of_date,
            fiscal_year_start_month
        from build
    ),

    numbers as (
        select value
        from {{ integer_series("0", "(select " ~ days_apart("first_date", "end_date") ~ " - 1 from span)") }}
    ),

    days as (
        select
            cast({{ dbt.dateadd("day", "numbers.value", "span.first_date") }} as date) as day_date,
            span.as_of_date,
            span.fiscal_year_start_month
        from numbers
        cross join span
    ),

    dated as (
        select
            *,
            cast(date_trunc('month', day_date) as date) as month_date,
            cast(date_trunc('quarter', day_date) as date) as calendar_quarter_date,
            {{ fiscal_period("day_date", "fiscal_year_start_month", 3) }} as quarter_date,
            {{ fiscal_period("day_date", "fiscal_year_start_month", 6) }} as half_year_date,
            {{ fiscal_period("day_date", "fiscal_year_start_month", 12) }} as year_date,
            {{ week_start("day_date") }} as week_date
        from days
    ),

    numbered as (
        select
            *,
            cast(extract(year from year_date) as integer) as fiscal_year,
            cast({{ months_between("year_date", "quarter_date") }} as integer) as months_to_quarter,
            cast({{ months_between("year_date", "half_year_date") }} as integer) as months_to_half_year,
            -- The ISO week is of the year that its Thursday is of.
            cast(
                extract(year from cast({{ dbt.dateadd("day", 3, "week_date") }} as date)) as integer
            ) as iso_year
        from dated
    )

select
    day_date,
    week_date,
    iso_year,
    cast(extract(week from day_date) as integer) as iso_week,
    cast({{ iso_weekday("day_date") }} as integer) as iso_weekday,
    {{ iso_weekday("day_date") }} >= 6 as is_weekend,
    month_date,
    {{ next_day("day_date") }} = {{ add_months("month_date", 1) }} as is_month_end,
    calendar_quarter_date,
    quarter_date,
    cast(fiscal_year as string) || '-Q' || cast(floor(months_to_quarter / 3) + 1 as integer) as quarter_name,
    half_year_date,
    cast(fiscal_year as string)
    || '-H'
    || cast(floor(months_to_half_year / 6) + 1 as integer) as half_year_name,
    year_date,
    fiscal_year,
    day_date <= as_of_date as is_until_as_of
from numbered
