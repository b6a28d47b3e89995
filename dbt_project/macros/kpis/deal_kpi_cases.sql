{#- The CTE `deal_kpi_cases`: deals of new business that have ended, and answers of customers. -#}
{% macro deal_kpi_cases() -%}
    deal_kpi_cases as (
        {%- for kpi, measure in {
            "win_rate": "win_rate",
            "sales_cycle_median_days": "sales_cycle_days",
            "sales_cycle_p90_days": "sales_cycle_days",
            "nps": "net_promoter_score",
        }.items() %}
            select
                {{
                    kpi_case(
                        "'" ~ kpi ~ "'",
                        "case_id",
                        "happened_date",
                        numerator=rounded("measured", 6),
                        denominator="case when measured is not null then 1 end",
                        axes=["revenue_stream", "owner"],
                    )
                }}
            from {{ ref("fct_measure_cases") }}
            where measure = '{{ measure }}'
            union all
        {%- endfor %}
        select
            {{
                kpi_case(
                    "'average_deal'",
                    "opportunity_id",
                    "closed_date",
                    numerator="amount_reporting",
                    denominator="case when amount_reporting is not null then 1 end",
                    axes=["revenue_stream", "owner"],
                )
            }}
        from {{ ref("fct_opportunities") }}
        where status = 'won' and is_new_business
        union all
        select
            {{
                kpi_case(
                    "'csat'",
                    "feedback_id",
                    "given_date",
                    numerator="score",
                    denominator="case when score is not null then 1 end",
                )
            }}
        from {{ ref("fct_feedback") }}
        where feedback_type = 'csat'
    )
{%- endmacro %}
