{#-
    The CTE `survey_kpi_cases`: surveys that were sent, and answers that are to none of them. Where surveys are known, such an
    answer shows that they are not all there.
-#}
{% macro survey_kpi_cases() -%}
    kpi_first_surveys as (
        select system, feedback_type, min(sent_date) as first_date
        from {{ ref("fct_survey_invitations") }}
        group by system, feedback_type
    ),

    survey_kpi_cases as (
        {%- set is_counted = "is_mature and outcome <> 'unknown'" %}
        select
            {{
                kpi_case(
                    "'survey_response_rate'",
                    "invitation_id",
                    "sent_date",
                    numerator="case when "
                    ~ is_counted
                    ~ " then case outcome when 'answered' then 1 else 0 end end",
                    denominator="case when " ~ is_counted ~ " then 1 end",
                    is_mature="is_mature",
                )
            }}
        from {{ ref("fct_survey_invitations") }}
        union all
        select
            {{
                kpi_case(
                    "'survey_response_rate'",
                    "'answer ' || feedback.feedback_id",
                    "feedback.given_date",
                )
            }}
        from {{ ref("fct_feedback") }} as feedback
        inner join
            kpi_first_surveys
            on feedback.system = kpi_first_surveys.system
            and feedback.feedback_type = kpi_first_surveys.feedback_type
            and feedback.given_date >= kpi_first_surveys.first_date
        where feedback.invitation_id is null
    )
{%- endmacro %}
