{#- The CTE `stage_kpi_cases`: who of those in a stage reached the next one of the funnel that sales works in. -#}
{% macro stage_kpi_cases() -%}
    stage_kpi_cases as (
        {%- for kpi, (from_stage, to_stage) in {
            "mql_to_sql_rate": ["mql", "sql"],
            "sql_to_opportunity_rate": ["sql", "opportunity"],
            "opportunity_to_won_rate": ["opportunity", "customer"],
        }.items() %}
            select
                {{
                    kpi_case(
                        "'" ~ kpi ~ "'",
                        "journey_id",
                        "entered_date",
                        numerator="case when reached_date is not null then 1 when not is_open then 0 end",
                        denominator="case when not is_open then 1 end",
                        axes=["revenue_stream", "owner", "lead_type", "channel"],
                        is_mature="not is_open",
                    )
                }}
            from {{ ref("fct_stage_conversions") }}
            where
                from_stage = '{{ from_stage }}' and to_stage = '{{ to_stage }}'
                {{ "union all" if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
