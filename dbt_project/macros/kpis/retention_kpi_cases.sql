{#-
    The CTE `retention_kpi_cases`: what each account pays at the opening of a month or fiscal quarter and at its close. An
    account counts once, whatever it did in between. Recurring revenue is that of a month, so no period has the sum of its months.
-#}
{% macro retention_kpi_cases() -%}
    kpi_recurring_ends as (
        select
            'month' as kpi_period,
            recurring.account_id,
            recurring.revenue_stream,
            recurring.month_date as period_date,
            recurring.opening_amount,
            recurring.closing_amount,
            recurring.is_known_month
        from {{ ref("fct_recurring_revenue") }} as recurring
        union all
        select
            'quarter' as kpi_period,
            recurring.account_id,
            recurring.revenue_stream,
            {{ fiscal_period("recurring.month_date", "kpi_build.fiscal_year_start_month", 3) }}
            as period_date,
            min_by(recurring.opening_amount, recurring.month_date) as opening_amount,
            max_by(recurring.closing_amount, recurring.month_date) as closing_amount,
            min(case when recurring.is_known_month then 1 else 0 end) = 1 as is_known_month
        from {{ ref("fct_recurring_revenue") }} as recurring
        cross join kpi_build
        group by 1, 2, 3, 4
        union all
        select
            'all' as kpi_period,
            account_id,
            revenue_stream,
            max(month_date) as period_date,
            min_by(opening_amount, month_date) as opening_amount,
            max_by(closing_amount, month_date) as closing_amount,
            min(case when is_known_month then 1 else 0 end) = 1 as is_known_month
        from {{ ref("fct_recurring_revenue") }}
        group by account_id, revenue_stream
    ),

    retention_kpi_cases as (
        {%- for kpi, numerator, denominator in [
            ("logo_churn_rate", "case when closing_amount = 0 then 1 else 0 end", "1"),
            ("gross_retention_rate", "least(closing_amount, opening_amount)", "opening_amount"),
            ("net_retention_rate", "closing_amount", "opening_amount"),
            ("expansion_revenue", "greatest(closing_amount - opening_amount, 0)", "null"),
        ] %}
            select
                {{
                    kpi_case(
                        "'" ~ kpi ~ "'",
                        "kpi_period || ':' || cast(period_date as string) || ':' || account_id",
                        "period_date",
                        numerator="case when is_known_month then " ~ numerator ~ " end",
                        denominator="case when is_known_month then " ~ denominator ~ " end",
                        axes=["revenue_stream"],
                        kpi_period="kpi_period",
                    )
                }}
            from kpi_recurring_ends
            where kpi_period <> 'all' and opening_amount > 0
            union all
        {%- endfor %}
        select
            {{
                kpi_case(
                    "'recurring_revenue'",
                    "kpi_period || ':' || cast(period_date as string) || ':' || account_id",
                    "period_date",
                    numerator="case when is_known_month then closing_amount end",
                    axes=["revenue_stream"],
                    kpi_period="kpi_period",
                )
            }}
        from kpi_recurring_ends
    )
{%- endmacro %}
