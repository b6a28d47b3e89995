{#-
    The rows of `facts` of every period that is reviewed and has ended by the as-of of `build` (dim_build), by their date
    `day`, with that period and the version of `versions` (dim_agreement) in force on its last day. The periods are the
    quarters and half-years of the fiscal year and, where another cycle is agreed, those of that cycle (months).
-#}
{% macro by_review_period(facts, day, build, versions) -%}
    {%- set starts = period_start("facts." ~ day, "cycles.counted_from", "cycles.months") -%}
    select
        versions.agreement_version,
        versions.tolerance_rate,
        versions.known_share_rate,
        dated.review_period,
        dated.period_from,
        dated.period_to,
        {{ caller() }}
    from
        (
            select
                facts.*,
                cycles.as_of_date,
                cycles.review_period,
                {{ starts }} as period_from,
                {{ add_months(starts, "cycles.months") }} as period_to
            from {{ facts }} as facts
            cross join ({{ review_cycles(build) }}) as cycles
        ) as dated
    inner join
        {{ versions }} as versions
        on dated.period_to > versions.effective_from
        and dated.period_to <= coalesce({{ next_day("versions.effective_to") }}, date '9999-12-31')
    where dated.period_to <= dated.as_of_date
{%- endmacro %}

{#- How long the reviewed periods are, with the first day of one of them. -#}
{% macro review_cycles(build) -%}
    select
        build.as_of_date,
        kinds.review_period,
        coalesce(kinds.months, build.review_months) as months,
        case
            when kinds.months is null
            then build.review_counted_from_date
            else {{ add_months("date '2000-01-01'", "build.fiscal_year_start_month - 1") }}
        end as counted_from
    from {{ build }} as build
    cross join
        (values ('quarter', 3), ('half_year', 6), ('months', cast(null as integer))) as kinds(
            review_period, months
        )
    where kinds.months is not null or build.review_months not in (3, 6)
{%- endmacro %}

{#- The columns that name a review. -#}
{% macro review_columns() -%}
    review_period, period_from, period_to, agreement_version, tolerance_rate, known_share_rate
{%- endmacro %}
