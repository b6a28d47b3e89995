{#- The CTE `session_kpi_cases`: in how many sessions, also of visitors whom nobody knows, a form was sent. -#}
{% macro session_kpi_cases() -%}
    session_kpi_cases as (
        select
            {{
                kpi_case(
                    "'form_conversion_rate'",
                    "session_id",
                    "started_date",
                    numerator="case when form_submissions > 0 then 1 when form_submissions = 0 then 0 end",
                    denominator="case when form_submissions is not null then 1 end",
                )
            }}
        from {{ ref("fct_sessions") }}
    )
{%- endmacro %}
