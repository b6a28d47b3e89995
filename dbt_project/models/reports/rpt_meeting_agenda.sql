with
    questions as (select * from {{ ref("rpt_meeting_questions") }}),

    actions as (select * from {{ ref("fct_review_lines") }} where action_owner is not null),

    build as (select * from {{ ref("dim_build") }}),

    months as (
        select distinct month_date, {{ add_months("month_date", "1") }} as end_date
        from {{ ref("dim_date") }}
        inner join build on {{ add_months("month_date", "1") }} <= build.as_of_date
    ),

    -- Decided before the month was over; what was done before it is not open any more.
    open_actions as (
        select months.month_date, actions.*, coalesce(actions.done_date, build.as_of_date) as last_date
        from actions
        inner join
            months
            on actions.decided_date < months.end_date
            and coalesce(actions.done_date, date '9999-12-31') >= months.month_date
        cross join build
    )

select
    month_date,
    case when place <= 3 then 'question' else 'further' end as section,
    place,
    item,
    team,
    question as topic,
    reason,
    figures,
    period_date,
    cast(null as string) as decided_in,
    cast(null as string) as line,
    cast(null as string) as action_owner,
    cast(null as date) as due_date,
    cast(null as date) as done_date,
    cast(null as bigint) as days_past_due
from questions
union all
select
    month_date,
    'open' as section,
    cast(
        row_number() over (partition by month_date order by due_date, review_period, line) as integer
    ) as place,
    review_period || '/' || line as item,
    team,
    line_text as topic,
    decision_reason as reason,
    figures,
    cast(null as date) as period_date,
    review_period as decided_in,
    line,
    action_owner,
    due_date,
    done_date,
    cast(
        case when last_date > due_date then {{ days_apart("due_date", "last_date") }} else 0 end as bigint
    ) as days_past_due
from open_actions
