-- The last 16 quarters: a year of history before the first of the quarters on which the forecast is tried.
{%- set quarters = 16 %}
with
    opportunities as (select * from {{ ref("fct_opportunities") }}),

    build as (select * from {{ ref("dim_build") }}),

    span as (
        select
            {{ fiscal_period("build.as_of_date", "build.fiscal_year_start_month", 3) }} as running_date,
            {{
                fiscal_period(
                    local_date("min(opportunities.created_at)"), "build.fiscal_year_start_month", 3
                )
            }} as first_date,
            build.as_of
        from opportunities
        cross join build
        where opportunities.created_at <= build.as_of
        group by build.as_of_date, build.fiscal_year_start_month, build.as_of
    ),

    numbers as (select value from {{ integer_series("0", quarters - 1) }}),

    quarters as (
        select
            {{ add_months("span.running_date", "-3 * numbers.value") }} as quarter_date,
            {{ add_months("span.running_date", "3 - 3 * numbers.value") }} as quarter_end_date,
            numbers.value = 0 as is_running,
            span.as_of
        from span
        cross join numbers
        where {{ add_months("span.running_date", "-3 * numbers.value") }} >= span.first_date
    ),

    halves as (
        select
            quarters.*,
            halves.half,
            cast(
                {{
                    dbt.dateadd(
                        "day",
                        "cast(floor("
                        ~ days_apart("quarter_date", "quarter_end_date")
                        ~ " / 2) as integer)",
                        "quarter_date",
                    )
                }} as date
            ) as middle_date
        from quarters
        cross join (values (1), (2)) as halves(half)
    ),

    bounded as (
        select
            *,
            {{ start_of_date("case when half = 1 then quarter_date else middle_date end") }} as starts_at,
            {{ start_of_date("case when half = 1 then middle_date else quarter_end_date end") }}
            as planned_at,
            {{ start_of_date("quarter_end_date") }} as quarter_ends_at,
            -- What happens at the as-of itself has happened.
            {{ from_microseconds(to_microseconds("as_of") ~ " + 1") }} as known_until_at
        from halves
    )

select
    cast(row_number() over (order by starts_at) as integer) as half_number,
    quarter_date,
    quarter_end_date,
    cast(half as integer) as half,
    is_running as is_running_quarter,
    starts_at,
    least(planned_at, known_until_at) as ends_at,
    quarter_ends_at
from bounded
where starts_at < known_until_at
