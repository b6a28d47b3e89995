-- Steps of a cadence and tiers are one promise, and one question: the step or tier that is first.
with
    compliance as (select * from {{ ref("rpt_team_compliance") }} where has_ended),

    missed_months as (select * from {{ ref("rpt_missed_months") }}),

    bottlenecks as (
        select * from {{ ref("rpt_bottlenecks") }} where compared_with = 'agreement' and is_significant
    ),

    improvements as (select * from {{ ref("dim_target") }} where owed_by is not null),

    build as (select * from {{ ref("dim_build") }}),

    -- What falls due after its month is asked about when it is known, up to two months later.
    known as (
        {% for behind in [0, 1, 2] %}
            select *, {{ add_months("period_date", behind) }} as month_date, {{ behind }} as months_behind
            from compliance {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    latest as (
        select
            *,
            row_number() over (
                partition by month_date, team, commitment
                order by case when status = 'running' then 1 else 0 end, months_behind
            ) as recency,
            min(months_behind) over (partition by month_date, team, commitment) = 0 as is_agreed
        from known
    ),

    missed as (
        select
            latest.month_date,
            'missed/' || missed_months.promise as item,
            latest.team,
            missed_months.commitment_name as question,
            latest.period_date,
            missed_months.cases,
            missed_months.missed,
            missed_months.months_missed,
            missed_months.short_amount as amount,
            missed_months.figures
        from latest
        inner join
            missed_months
            on latest.period_date = missed_months.month_date
            and latest.team = missed_months.team
            and latest.commitment = missed_months.commitment
        where latest.recency = 1 and latest.is_agreed
    ),

    disputes as (
        select
            month_date,
            'disputes/open' as item,
            cast(null as string) as team,
            'Disputes without a decision' as question,
            month_date as period_date,
            open_disputes as cases,
            open_disputes as missed,
            cast(null as bigint) as months_missed,
            open_amount as amount,
            cast(open_disputes as string)
            || ' open, the oldest since '
            || cast(oldest_open_date as string) as figures
        from {{ ref("rpt_disputes") }}
        where open_disputes > 0
    ),

    -- A quarter is asked about in the meeting of its last month and of the two that follow.
    outstanding as (
        {% for after in [2, 3, 4] %}
            select
                {{ add_months("period_date", after) }} as month_date,
                concat_ws('/', 'improvement', revenue_stream, lead_type, from_stage)
                || '_to_'
                || to_stage as item,
                improvements.owed_by as team,
                'Agreed improvement: ' || from_stage || ' to ' || to_stage as question,
                period_date,
                entered as cases,
                entered - converted as missed,
                cast(null as bigint) as months_missed,
                cost_amount / 3 as amount,
                bottlenecks.arithmetic || ' in the quarter' as figures
            from bottlenecks
            inner join
                improvements using (agreement_version, revenue_stream, lead_type, step_number)
                {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    ordered as (
        select
            candidates.*,
            row_number() over (
                partition by month_date
                order by
                    case when months_missed >= 3 then 0 else 1 end,
                    coalesce(amount, 0) desc,
                    coalesce(months_missed, 0) desc,
                    missed desc,
                    item,
                    figures
            ) as importance
        from
            (
                select *
                from missed
                union all
                select *
                from disputes
                union all
                select *
                from outstanding
            ) as candidates
        inner join build on {{ add_months("candidates.month_date", "1") }} <= build.as_of_date
    ),

    first_of_each as (
        select *, row_number() over (partition by month_date, item order by importance) as place_within
        from ordered
    )

select
    month_date,
    item,
    cast(row_number() over (partition by month_date order by importance) as integer) as place,
    team,
    question,
    case
        when months_missed >= 3
        then 'missed three months running'
        when amount > 0
        then 'money at stake'
        else 'missed'
    end as reason,
    figures,
    period_date,
    cast(cases as bigint) as cases,
    cast(missed as bigint) as missed,
    cast(months_missed as bigint) as months_missed,
    {{ rounded("amount", 2) }} as stake_amount
from first_of_each
where place_within = 1
