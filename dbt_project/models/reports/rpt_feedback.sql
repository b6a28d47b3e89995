with
    feedback as (select * from {{ ref("fct_feedback") }}),

    build as (select * from {{ ref("dim_build") }}),

    -- Each answer under its reason, and once more under all reasons.
    labelled as (
        select *, reason_label as label
        from feedback
        union all
        select *, '(all)' as label
        from feedback
    ),

    periods as (
        select 'month' as period, cast(date_trunc('month', given_date) as date) as period_from, labelled.*
        from labelled
        union all
        select
            'quarter' as period,
            {{ fiscal_period("labelled.given_date", "build.fiscal_year_start_month", 3) }} as period_from,
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
            count(*) as answers,
            count(distinct account_id) as accounts,
            count(*) filter (where nps_class = 'promoter') as promoters,
            count(*) filter (where nps_class = 'passive') as passives,
            count(*) filter (where nps_class = 'detractor') as detractors,
            avg(score) as mean_score
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
    case when feedback_type = 'nps' then 100 * (promoters - detractors) / cast(answers as double) end as nps,
    mean_score
from counts
