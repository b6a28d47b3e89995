{#-
    The CTE `attribution_kpi_cases`: what the agreed model gives to a named channel, by month, against what was spent. It
    needs kpi_costed_months and kpi_dated_costs of lead_kpi_cases.
-#}
{% macro attribution_kpi_cases() -%}
    {%- set named = "lower(axis_value) not in ('unknown', 'unattributed')" -%}
    {%- set fact = "axis_value || ':' || coalesce(cast(month_date as string), 'undated')" -%}
    kpi_attribution as (
        select credits.*, credits.axis_value as channel, {{ kpi_cost_flags() }}
        from {{ ref("fct_attribution_axes") }} as credits
        inner join
            {{ latest_version() }} as latest
            on credits.path_scope = latest.shown_path_scope
            and credits.attribution_model = latest.shown_model
        cross join kpi_dated_costs
        left join kpi_costed_months on credits.month_date = kpi_costed_months.month_date
        where credits.axis = 'channel' and credits.conversion = 'won'
    ),

    attribution_kpi_cases as (
        select
            {{
                kpi_case(
                    "'attributed_revenue'",
                    fact,
                    "month_date",
                    numerator="revenue_amount",
                    axes=["channel"],
                )
            }}
        from kpi_attribution
        where conversions > 0 and {{ named }}
        union all
        select
            {{
                kpi_case(
                    "'marketing_roi'",
                    fact ~ " || ':margin'",
                    "month_date",
                    numerator="case when has_costs and credits_without_margin= 0 then margin_amount end",
                    axes=["channel"],
                )
            }}
        from kpi_attribution
        where conversions > 0 and {{ named }}
        {%- for kpi, gained, cost, is_known in [
                ("marketing_roi", "- cost_amount", "cost_amount", "has_costs"),
                ("roas", "0", "ad_spend_amount", "has_ad_spend"),
            ] %}
            union all
            select
                {{
                    kpi_case(
                        "'" ~ kpi ~ "'",
                        fact ~ " || ':cost'",
                        "month_date",
                        numerator="case when " ~ is_known ~ " then " ~ gained ~ " end",
                        denominator="case when " ~ is_known ~ " then " ~ cost ~ " end",
                        axes=["channel"],
                    )
                }}
            from kpi_attribution
            where {{ cost }} is not null
        {%- endfor %}
        union all
        select
            {{
                kpi_case(
                    "'roas'",
                    fact ~ " || ':revenue'",
                    "month_date",
                    numerator="case when has_ad_spend then ad_revenue_amount end",
                    axes=["channel"],
                )
            }}
        from kpi_attribution
        where ad_revenue_amount <> 0
    )
{%- endmacro %}
