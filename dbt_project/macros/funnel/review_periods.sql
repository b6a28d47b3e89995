{#-
    The rows of `facts` of every fiscal quarter and half-year that has ended by the as-of of `build` (dim_build), by their
    date `day`, with that period and the version of `versions` (dim_agreement) in force on its last day.
-#}
{% macro by_review_period(facts, day, build, versions) -%}
    {%- set starts = fiscal_period("facts." ~ day, "build.fiscal_year_start_month", "periods.months") -%}
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
                build.as_of_date,
                periods.review_period,
                {{ starts }} as period_from,
                {{ add_months(starts, "periods.months") }} as period_to
            from {{ facts }} as facts
            cross join {{ build }} as build
            cross join (values ('quarter', 3), ('half_year', 6)) as periods(review_period, months)
        ) as dated
    inner join
        {{ versions }} as versions
        on dated.period_to > versions.effective_from
        and dated.period_to <= coalesce({{ next_day("versions.effective_to") }}, date '9999-12-31')
    where dated.period_to <= dated.as_of_date
{%- endmacro %}

{#- The columns that name a review. -#}
{% macro review_columns() -%}
    review_period, period_from, period_to, agreement_version, tolerance_rate, known_share_rate
{%- endmacro %}
