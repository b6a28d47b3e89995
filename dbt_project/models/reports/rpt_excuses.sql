with
    commitments as (select * from {{ ref("fct_reported_commitments") }} where kind in ('clock', 'cadence')),

    build as (select * from {{ ref("dim_build") }}),

    -- An own exit is missed once it is due, whatever the agreement makes of it.
    evaluated as (
        select
            commitments.*,
            status = 'kept' as is_kept,
            status = 'missed' and not is_own_exit as is_missed,
            is_own_exit and due_at < build.as_of as is_missed_by_own_exit
        from commitments
        cross join build
    ),

    months as (
        select
            month_date,
            team,
            commitment,
            count(*) filter (where is_kept) as kept,
            count(*) filter (where is_missed) as missed,
            count(*) filter (where is_missed_by_own_exit) as missed_by_own_exit,
            count(*) filter (where excuse_reason = 'not known') as not_known
        from evaluated
        group by month_date, team, commitment
    ),

    reasons as (
        select
            month_date,
            team,
            commitment,
            excuse_reason,
            count(*) as leads,
            count(*) filter (where status = 'excused') as excused,
            count(*) filter (where is_own_exit) as own_exits
        from evaluated
        where excuse_reason is not null
        group by month_date, team, commitment, excuse_reason
    )

select
    reasons.month_date,
    reasons.team,
    reasons.commitment,
    reasons.excuse_reason,
    reasons.leads,
    reasons.excused,
    reasons.own_exits,
    {{ attainment("months.kept", "months.missed") }} as excused_attainment_rate,
    case
        when months.not_known = 0
        then {{ attainment("months.kept", "(months.missed + months.missed_by_own_exit)") }}
    end as missed_attainment_rate
from reasons
inner join
    months
    on reasons.month_date = months.month_date
    and reasons.team = months.team
    and reasons.commitment = months.commitment
