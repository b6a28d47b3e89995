{#-
    The CTEs `revenue_kpi_cases` and `growth_kpi_cases`. Revenue is taken line by line (fct_line_items), which add up to
    it. A line is one of its own period, and of the base of the one that it is compared with: there it is taken off, and
    is what is divided by.
-#}
{% macro revenue_kpi_cases() -%}
    {%- set of_leads = ["revenue_stream", "owner", "lead_type", "channel"] -%}
    {%- set of_lines = ["product", "territory"] -%}
    kpi_agreements as (select * from {{ ref("dim_agreement") }} where effective_from is not null),

    kpi_versions as (
        {{ spans_of_versions("kpi_agreements", "effective_from", "date '0001-01-01'", "date '9999-12-31'") }}
    ),

    {#- A line is known where its amount and that of its whole are. -#}
    kpi_lines as (
        select items.*
        from {{ ref("fct_line_items") }} as items
        inner join {{ ref("fct_revenue") }} as revenue on items.revenue_id = revenue.revenue_id
        where items.amount_reporting is not null and revenue.amount_reporting is not null
    ),

    kpi_revenue as (
        select
            coalesce(items.line_id, revenue.revenue_id) as line_id,
            revenue.account_id,
            revenue.revenue_date,
            coalesce(items.amount_reporting, revenue.amount_reporting) as amount_reporting,
            items.cost_amount_reporting as cost_amount,
            items.product,
            accounts.territory,
            coalesce(opportunities.revenue_stream, journeys.revenue_stream) as revenue_stream,
            coalesce(opportunities.owner_id, journeys.owner_id) as owner_id,
            journeys.lead_type,
            journeys.channel,
            cast(streams.margin_rate as decimal(9, 6)) as margin_rate
        from {{ ref("fct_revenue") }} as revenue
        left join kpi_lines as items on revenue.revenue_id = items.revenue_id
        left join {{ ref("dim_account") }} as accounts on revenue.account_id = accounts.account_id
        left join
            {{ ref("fct_opportunities") }} as opportunities
            on revenue.opportunity_id = opportunities.opportunity_id
        left join {{ ref("fct_journeys") }} as journeys on revenue.journey_id = journeys.journey_id
        left join kpi_versions on {{ in_force("kpi_versions", "revenue.revenue_date") }}
        left join
            {{ ref("dim_revenue_stream") }} as streams
            on kpi_versions.agreement_version = streams.agreement_version
            and coalesce(opportunities.revenue_stream, journeys.revenue_stream) = streams.revenue_stream
    ),

    revenue_kpi_cases as (
        select
            {{
                kpi_case(
                    "'revenue'",
                    "line_id",
                    "revenue_date",
                    numerator="amount_reporting",
                    axes=of_leads + of_lines,
                )
            }}
        from kpi_revenue
        union all
        select
            {{
                kpi_case(
                    "'revenue_per_account'",
                    "line_id",
                    "revenue_date",
                    numerator="amount_reporting",
                    denominator="case when amount_reporting is not null then 1 end",
                    case_id="account_id",
                )
            }}
        from kpi_revenue
        where account_id is not null
        union all
        select
            {{
                kpi_case(
                    "'gross_margin_rate'",
                    "line_id",
                    "revenue_date",
                    numerator="coalesce(amount_reporting - cost_amount, amount_reporting * margin_rate)",
                    denominator="case when coalesce(cost_amount, margin_rate) is not null then amount_reporting end",
                    axes=["revenue_stream", "owner"] + of_lines,
                )
            }}
        from kpi_revenue
    ),

    kpi_revenue_months as (
        select
            cast(date_trunc('month', revenue_date) as date) as month_date,
            revenue_stream,
            owner_id,
            lead_type,
            channel,
            amount_reporting is null as is_unknown,
            sum(amount_reporting) as amount
        from kpi_revenue
        group by all
    ),

    {#- The first month of a source may have begun before it; revenue is known until a file of its system ends. -#}
    kpi_revenue_span as (
        select
            cast(
                date_trunc('month', min({{ local_date("freshness.first_at") }})) as date
            ) as first_month_date,
            max(freshness.system_last_date) as last_date,
            max(kpi_build.as_of_date) as as_of_date,
            max(kpi_build.behind_after_days) as behind_after_days,
            max(kpi_build.fiscal_year_start_month) as fiscal_year_start_month
        from {{ ref("fct_source_freshness") }} as freshness
        cross join kpi_build
        where freshness.entity = 'revenue'
    ),

    kpi_growth as (
        {%- for kpi, kpi_period, months_back in [
            ("revenue_growth_previous", "month", 1),
            ("revenue_growth_previous", "quarter", 3),
            ("revenue_growth_year", "month", 12),
            ("revenue_growth_year", "quarter", 12),
        ] %}
            {%- for side in ["present", "base"] %}
                {%- set counts_in = (
                    "months.month_date"
                    if side == "present"
                    else add_months("months.month_date", months_back)
                ) %}
                select
                    '{{ kpi }}' as kpi,
                    '{{ kpi_period }}' as kpi_period,
                    '{{ side }}' as side,
                    {{ months_back }} as months_back,
                    months.*,
                    {% if kpi_period == "month" %} {{ counts_in }}
                    {% else %} {{ fiscal_period(counts_in, "span.fiscal_year_start_month", 3) }}
                    {% endif %} as period_date
                from kpi_revenue_months as months
                cross join kpi_revenue_span as span {{ "union all" if not loop.last }}
                {%- endfor %} {{ "union all" if not loop.last }}
        {%- endfor %}
    ),

    growth_kpi_cases as (
        select
            {{
                kpi_case(
                    "growth.kpi",
                    "concat_ws('|', side, kpi_period, cast(month_date as string), coalesce(revenue_stream, ''), "
                    ~ "coalesce(owner_id, ''), coalesce(lead_type, ''), coalesce(channel, ''), "
                    ~ "case when is_unknown then 'unknown' else 'known' end)",
                    "growth.period_date",
                    numerator="case growth.side when 'base' then - growth.amount else growth.amount end",
                    denominator="case growth.side when 'base' then growth.amount end",
                    axes=of_leads,
                    kpi_period="growth.kpi_period",
                    is_mature=add_months("growth.period_date", "- growth.months_back")
                    ~ " > span.first_month_date and "
                    ~ days_apart(
                        "span.last_date",
                        add_months(
                            "growth.period_date", "case growth.kpi_period when 'month' then 1 else 3 end"
                        ),
                    )
                    ~ " <= span.behind_after_days",
                )
            }}
        from kpi_growth as growth
        cross join kpi_revenue_span as span
        where growth.period_date <= span.as_of_date
    )
{%- endmacro %}
