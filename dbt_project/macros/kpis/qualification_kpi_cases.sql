{#-
    The CTE `qualification_kpi_cases`: SQLs of whom all four questions were answered by then. One that was not is enough; where a
    question is asked in no system of the lead nobody could answer it, and the case is not known.
-#}
{% macro qualification_kpi_cases() -%}
    kpi_qualified as (
        select
            journey_id,
            sql_date,
            owner_id,
            revenue_stream,
            lead_type,
            channel,
            case
                when count(*) < {{ qualification_questions() | length }}
                then null
                when count(*) filter (where not is_known_at_sql) > 0
                then 0
                when count(is_known_at_sql) = count(*)
                then 1
            end as has_all
        from {{ ref("fct_qualification_answers") }}
        where sql_at is not null
        group by journey_id, sql_date, owner_id, revenue_stream, lead_type, channel
    ),

    qualification_kpi_cases as (
        select
            {{
                kpi_case(
                    "'bant_known_rate'",
                    "journey_id",
                    "sql_date",
                    numerator="has_all",
                    denominator="case when has_all is not null then 1 end",
                    axes=["revenue_stream", "owner", "lead_type", "channel"],
                )
            }}
        from kpi_qualified
    )
{%- endmacro %}
