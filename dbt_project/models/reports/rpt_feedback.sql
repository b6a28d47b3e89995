with
    feedback as (select * from {{ ref("fct_feedback") }}),

    surveys as (select * from {{ ref("fct_survey_invitations") }}),

    build as (select * from {{ ref("dim_build") }}),

    -- Each answer under its reason, and once more under all reasons; each survey under all.
    labelled as (
        select
            given_date as happened_date,
            feedback_type,
            reason_label as label,
            account_id,
            score,
            nps_class,
            true as is_answer,
            cast(null as string) as outcome,
            cast(null as boolean) as is_mature
        from feedback
        union all
        select given_date, feedback_type, '(all)', account_id, score, nps_class, true, null, null
        from feedback
        union all
        select sent_date, feedback_type, '(all)', null, null, null, false, outcome, is_mature
        from surveys
    ),

    periods as (
        select 'month' as period, cast(date_trunc('month', happened_date) as date) as period_from, labelled.*
        from labelled
        union all
        select
            'quarter' as period,
            {{ fiscal_period("labelled.happened_date", "build.fiscal_year_start_month", 3) }} as period_from,
            labelled.*
        from labelled
        cross join build
    ),

    counts as (
        select
            period,
            period_from,
            feedback_type,
            label as reason_label,
            count(*) filter (where is_answer) as answers,
            count(distinct account_id) as accounts,
            count(*) filter (where nps_class = 'promoter') as promoters,
            count(*) filter (where nps_class = 'passive') as passives,
            count(*) filter (where nps_class = 'detractor') as detractors,
            avg(score) as mean_score,
            count(*) filter (where not is_answer) as surveys_sent,
            count(*) filter (where is_mature and outcome <> 'unknown') as surveys_counted,
            count(*) filter (where is_mature and outcome = 'answered') as surveys_answered,
            count(*) filter (where outcome = 'unknown') as surveys_unknown,
            count(*) filter (where not is_mature and outcome <> 'unknown') as surveys_waiting
        from periods
        group by period, period_from, feedback_type, label
    )

select
    period,
    period_from,
    feedback_type,
    reason_label,
    answers,
    accounts,
    promoters,
    passives,
    detractors,
    case
        when feedback_type = 'nps' and answers > 0
        then 100 * (promoters - detractors) / cast(answers as double)
    end as nps,
    mean_score,
    surveys_sent,
    surveys_counted,
    surveys_answered,
    surveys_waiting,
    surveys_unknown,
    {%- for name, figure in {
        "response_rate": "surveys_answered / cast(surveys_counted as double)",
        "response_rate_low": wilson_bound("surveys_answered", "surveys_counted", "-"),
        "response_rate_high": wilson_bound("surveys_answered", "surveys_counted", "+"),
    }.items() %}
        case when surveys_waiting = 0 and surveys_counted > 0 then {{ figure }} end as {{ name }}
        {{- "," if not loop.last }}
    {%- endfor %}
from counts
