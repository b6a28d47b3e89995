-- Win rate, average deal, length of the sale and revenue per account, of new business, by when they happened.
{%- set quantiles = {"sales_cycle_median_days": 0.5, "sales_cycle_p90_days": 0.9} %}
{%- set grain = "kpi, kpi_period, period_date, axis, part" %}
with
    build as (select * from {{ ref("dim_build") }}),

    cases as (
        select measure as kpi, case_id, happened_date, revenue_stream, owner_id, measured
        from {{ ref("fct_measure_cases") }}
        where measure in ('win_rate', 'sales_cycle_days')
        union all
        select
            'average_deal' as kpi,
            opportunity_id as case_id,
            closed_date as happened_date,
            revenue_stream,
            owner_id,
            cast(amount_reporting as double) as measured
        from {{ ref("fct_opportunities") }}
        where status = 'won' and is_new_business
        union all
        -- The lines of an account are one case of its period, below.
        select
            'revenue_per_account' as kpi,
            account_id as case_id,
            revenue_date as happened_date,
            null as revenue_stream,
            null as owner_id,
            cast(amount_reporting as double) as measured
        from {{ ref("fct_revenue") }}
        where account_id is not null
    ),

    placed as (
        select
            cases.kpi,
            cases.case_id,
            periods.kpi_period,
            case
                periods.kpi_period
                when 'month'
                then cast(date_trunc('month', cases.happened_date) as date)
                when 'quarter'
                then {{ fiscal_period("cases.happened_date", "build.fiscal_year_start_month", 3) }}
            end as period_date,
            axes.axis,
            case
                axes.axis
                when 'revenue_stream'
                then coalesce(cases.revenue_stream, 'unknown')
                when 'owner'
                then coalesce(cases.owner_id, 'unknown')
            end as part,
            cast({{ rounded("cases.measured", 6) }} as decimal(24, 6)) as measured
        from cases
        cross join build
        cross join (values ('month'), ('quarter'), ('all')) as periods(kpi_period)
        cross join (values ('all'), ('revenue_stream'), ('owner')) as axes(axis)
        where
            (periods.kpi_period = 'all' or cases.happened_date is not null)
            and (cases.kpi <> 'revenue_per_account' or axes.axis = 'all')
    ),

    summed as (
        select {{ grain }}, case_id, sum(measured) as measured from placed group by {{ grain }}, case_id
    ),

    ranked as (
        select
            *,
            count(measured) over (partition by {{ grain }}) as known_cases,
            row_number() over (partition by {{ grain }} order by measured nulls last, case_id) as place
        from summed
    ),

    counted as (
        select
            {{ grain }},
            cast(sum(measured) as decimal(24, 6)) as numerator,
            count(measured) as denominator,
            count(*) - count(measured) as unknown_cases,
            {{ rounded("1.96 * stddev_samp(cast(measured as double)) / sqrt(count(measured))", 6) }} as margin
            {%- for name, share in quantiles.items() %}
                {%- set wide = "1.96 * sqrt(known_cases * " ~ share * (1 - share) ~ ")" %},
                {{ quantile("cast(measured as double)", share) }} as {{ name }},
                max(measured) filter (
                    where place <= known_cases * {{ share }} - {{ wide }}
                ) as {{ name }}_low,
                min(measured) filter (
                    where place >= known_cases * {{ share }} + {{ wide }} + 1
                ) as {{ name }}_high
            {%- endfor %}
        from ranked
        group by {{ grain }}
    ),

    valued as (
        select
            {{ grain }},
            numerator,
            denominator,
            unknown_cases,
            numerator / cast(nullif(denominator, 0) as double) as value,
            case
                when denominator = 0
                then null
                when kpi = 'win_rate'
                then {{ wilson_bound("cast(numerator as double)", "denominator", "-") }}
                when not {{ is_few("denominator") }}
                then numerator / cast(denominator as double) - margin
            end as value_low,
            case
                when denominator = 0
                then null
                when kpi = 'win_rate'
                then {{ wilson_bound("cast(numerator as double)", "denominator", "+") }}
                when not {{ is_few("denominator") }}
                then numerator / cast(denominator as double) + margin
            end as value_high
        from counted
        where kpi <> 'sales_cycle_days'
        {%- for name in quantiles %}
            union all
            select
                '{{ name }}' as kpi,
                kpi_period,
                period_date,
                axis,
                part,
                null as numerator,
                denominator,
                unknown_cases,
                {{ name }} as value,
                {{ name }}_low as value_low,
                {{ name }}_high as value_high
            from counted
            where kpi = 'sales_cycle_days'
        {%- endfor %}
    )

select
    valued.*,
    {{ is_few("valued.denominator") }} as is_few,
    valued.kpi_period = 'month'
    and {{ add_months("valued.period_date", "1") }} <= build.as_of_date
    or valued.kpi_period = 'quarter'
    and {{ add_months("valued.period_date", "3") }} <= build.as_of_date as has_ended
from valued
cross join build
