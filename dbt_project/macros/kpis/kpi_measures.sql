{#-
    The CTEs `case_periods` and `kpi_measured` of fct_measures: the KPIs that an agreement limits, in the columns of `measured`. A KPI is promised by
    the team, of all or of one stream. It decides nothing while it is not mature, or made of less than the agreed share of its cases; journeys
    that are open can go either way. A sum of which a period has nothing is 0 where the data have it at all.
-#}
{% macro kpi_measures() -%}
    {%- set all_cases = "(figures.cases + figures.unknown_cases)" -%}
    {%- set all_of_share = "cast(nullif(figures.denominator + figures.unknown_cases, 0) as double)" -%}
    kpis as (select kpi, arithmetic from {{ ref("dim_kpi") }} where agreement_measure is null),

    case_periods as (
        select periods.*, false as is_of_kpi
        from periods
        left join kpis on periods.measure = kpis.kpi
        where kpis.kpi is null
    ),

    kpi_figures as (
        select
            periods.*,
            kpis.arithmetic,
            coalesce(figures.cases, 0) as cases,
            coalesce({{ all_cases }}, 0) as known_and_unknown,
            coalesce(figures.unknown_cases, 0) as open_cases,
            totals.kpi is not null as has_figures,
            case
                when kpis.arithmetic = 'sum' and figures.kpi is null and totals.kpi is not null
                then 0.0
                when
                    (figures.is_mature or kpis.arithmetic = 'cohort_share') and not
                    {{
                        is_too_little(
                            "figures.cases / cast(nullif(" ~ all_cases ~ ", 0) as double)",
                            "versions.known_share_rate",
                        )
                    }}
                then figures.value
            end as value,
            cast(figures.numerator as double) / {{ all_of_share }} as share_low,
            cast(figures.numerator + figures.unknown_cases as double) / {{ all_of_share }} as share_high
        from periods
        inner join kpis on periods.measure = kpis.kpi
        left join
            {{ ref("dim_agreement") }} as versions on periods.agreement_version = versions.agreement_version
        left join
            {{ ref("fct_kpis") }} as figures
            on periods.measure = figures.kpi
            and periods.period = figures.kpi_period
            and periods.period_date = figures.period_date
            and figures.axis = case when periods.revenue_streams is null then 'all' else 'revenue_stream' end
            and coalesce('|' || figures.part || '|', '') = coalesce(periods.revenue_streams, '')
        left join
            (select distinct kpi from {{ ref("fct_kpis") }} where cases > 0) as totals
            on periods.measure = totals.kpi
    ),

    kpi_measured as (
        select
            periods.*,
            true as is_of_kpi,
            cast(null as string) as owner_id,
            cast(null as string) as revenue_stream,
            cast(null as string) as lead_type,
            kpi_figures.cases,
            case
                when kpi_figures.arithmetic = 'sum' and kpi_figures.has_figures
                then greatest(kpi_figures.known_and_unknown, periods.least_cases)
                else kpi_figures.known_and_unknown
            end as all_cases,
            kpi_figures.open_cases,
            case
                kpi_figures.arithmetic when 'cohort_share' then kpi_figures.share_low else kpi_figures.value
            end as low,
            case
                kpi_figures.arithmetic when 'cohort_share' then kpi_figures.share_high else kpi_figures.value
            end as high,
            kpi_figures.value as actual,
            false as is_part
        from kpi_figures
        inner join periods on {{ of_period("kpi_figures") }}
    )
{%- endmacro %}
