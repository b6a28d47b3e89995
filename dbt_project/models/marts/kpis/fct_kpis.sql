-- Every KPI by month, fiscal quarter and in all: the sum of the parts of its cases, or the middle of its
-- cases. Added up by month and part before it is divided in each way.
{%- set quantiles = {"median": 0.5, "p90": 0.9} %}
{%- set grain = "kpi, kpi_period, period_date, axis, part" %}
with
    kpis as (select * from {{ ref("dim_kpi") }}),

    build as (select * from {{ ref("dim_build") }}),

    counted as (
        select
            cases.kpi,
            kpis.arithmetic,
            kpis.axes,
            kpis.periods,
            cases.kpi_period as only_period,
            cast(date_trunc('month', cases.happened_date) as date) as month_date,
            {%- for column in kpi_axes().values() %} cases.{{ column }}, {%- endfor %}
            case when kpis.arithmetic in ('mean', 'median', 'p90') then cases.case_id end as case_id,
            sum(cases.numerator) as numerator,
            sum(cases.denominator) as denominator,
            count(
                case
                    when kpis.arithmetic = 'sum'
                    then nullif(cases.numerator, 0)
                    else nullif(cases.denominator, 0)
                end
            ) as cases,
            count(*) - count(coalesce(cases.numerator, cases.denominator)) as unknown_cases,
            min(case when cases.is_mature then 1 else 0 end) as is_mature
        from {{ ref("fct_kpi_cases") }} as cases
        inner join kpis on cases.kpi = kpis.kpi
        group by all
    ),

    placed as (
        select
            counted.*,
            places.kpi_period,
            case
                places.kpi_period
                when 'month'
                then counted.month_date
                when 'quarter'
                then {{ fiscal_period("counted.month_date", "build.fiscal_year_start_month", 3) }}
            end as period_date,
            axes.axis,
            case
                axes.axis
                {%- for axis, column in kpi_axes().items() %}
                    when '{{ axis }}' then coalesce(counted.{{ column }}, 'unknown')
                {%- endfor %}
            end as part
        from counted
        cross join build
        inner join
            (values ('month'), ('quarter'), ('all')) as places(kpi_period)
            on coalesce(counted.only_period, places.kpi_period) = places.kpi_period
            and {{ dbt.position("places.kpi_period", "counted.periods") }} > 0
            and (places.kpi_period = 'all' or counted.month_date is not null)
        inner join
            (values ('all'), ('{{ kpi_axes() | join("'), ('") }}')) as axes(axis)
            on axes.axis = 'all'
            or {{ dbt.position("axes.axis", "counted.axes") }} > 0
    ),

    -- The lines of an account are one case of its period, known if one of them is.
    summed as (
        select
            {{ grain }},
            arithmetic,
            case_id,
            sum(numerator) as numerator,
            sum(denominator) as denominator,
            case when case_id is null then sum(cases) when sum(numerator) is null then 0 else 1 end as cases,
            case
                when case_id is null then sum(unknown_cases) when sum(numerator) is null then 1 else 0
            end as unknown_cases,
            min(is_mature) as is_mature
        from placed
        group by {{ grain }}, arithmetic, case_id
    ),

    ranked as (
        select
            *,
            count(numerator) over (partition by {{ grain }}) as known_cases,
            row_number() over (partition by {{ grain }} order by numerator nulls last, case_id) as place
        from summed
    ),

    figures as (
        select
            {{ grain }},
            arithmetic,
            cast(sum(numerator) as decimal(24, 6)) as numerator,
            cast(
                case
                    when max(case_id) is not null
                    then sum(cases)
                    when arithmetic in ('sum', 'ratio', 'growth')
                    then sum(denominator)
                    else coalesce(sum(denominator), 0)
                end as decimal(24, 6)
            ) as denominator,
            cast(sum(cases) as bigint) as cases,
            cast(sum(unknown_cases) as bigint) as unknown_cases,
            min(is_mature) = 1 as is_mature,
            {{ rounded("1.96 * stddev_samp(cast(numerator as double)) / sqrt(count(numerator))", 6) }}
            as half_width
            {%- for name, share in quantiles.items() %}
                {%- set wide = "1.96 * sqrt(known_cases * " ~ share * (1 - share) ~ ")" %},
                {{ quantile("cast(numerator as double)", share) }} as {{ name }},
                max(numerator) filter (
                    where place <= known_cases * {{ share }} - {{ wide }}
                ) as {{ name }}_low,
                min(numerator) filter (
                    where place >= known_cases * {{ share }} + {{ wide }} + 1
                ) as {{ name }}_high
            {%- endfor %}
        from ranked
        group by {{ grain }}, arithmetic
    ),

    dated as (
        select
            figures.*,
            figures.cases < kpis.least_cases as is_few,
            figures.kpi_period <> 'all'
            and
            {{ add_months("figures.period_date", "case figures.kpi_period when 'month' then 1 else 3 end") }}
            <= build.as_of_date as has_ended
        from figures
        inner join kpis on figures.kpi = kpis.kpi
        cross join build
    )

select
    {{ grain }},
    case when arithmetic not in ('median', 'p90') then numerator end as numerator,
    denominator,
    {{ kpi_value() }} as value,
    {{ kpi_bound("-") }} as value_low,
    {{ kpi_bound("+") }} as value_high,
    cases,
    unknown_cases,
    is_few,
    coalesce(has_ended, false) as has_ended,
    is_mature
from dated
