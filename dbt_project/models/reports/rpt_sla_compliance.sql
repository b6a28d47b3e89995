with
    commitments as (select * from {{ ref("fct_commitments") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    periods as (
        select 'day' as period
        union all
        select 'week' as period
        union all
        select 'month' as period
        union all
        select 'quarter' as period
    ),

    -- Value is owed by the month, so it has no day and no week.
    dated as (
        select
            periods.period,
            case
                periods.period
                when 'day'
                then commitments.started_date
                when 'week'
                then {{ week_start("commitments.started_date") }}
                when 'month'
                then commitments.month_date
                else {{ fiscal_period("commitments.month_date", "versions.fiscal_year_start_month", 3) }}
            end as period_date,
            commitments.*
        from commitments
        inner join versions on commitments.agreement_version = versions.version
        cross join periods
        where commitments.kind != 'lead_value' or periods.period in ('month', 'quarter')
    ),

    counted as (
        select
            period,
            period_date,
            team,
            commitment,
            owner_id,
            min(clock_type) as clock_type,
            count(*) filter (where status = 'met') as met,
            count(*) filter (where status = 'breached') as breached,
            count(*) filter (where status = 'pending') as pending,
            count(*) filter (where status = 'excused') as excused,
            max(target_rate) as target_rate,
            -- Added up as decimals: a sum of binary fractions depends on the order of the rows.
            cast(
                sum(cast(target as decimal(18, 4))) filter (where clock_type is null) as double
            ) as target_amount,
            cast(
                sum(cast(actual as decimal(18, 4))) filter (where clock_type is null) as double
            ) as actual_amount
        from dated
        group by period, period_date, team, commitment, owner_id
    )

select
    counted.period,
    counted.period_date,
    counted.team,
    counted.commitment,
    counted.clock_type,
    counted.owner_id,
    case
        when owners.owner_id is not null
        then owners.owner_name
        when counted.clock_type is not null
        then '(no owner)'
        else '(team)'
    end as owner_name,
    counted.met,
    counted.breached,
    counted.pending,
    counted.excused,
    counted.target_rate,
    counted.target_amount,
    counted.actual_amount,
    -- Clocks count what was kept of what fell due; value counts what was delivered of what was promised.
    case
        when counted.clock_type is null
        then counted.actual_amount / nullif(counted.target_amount, 0)
        when counted.met + counted.breached > 0
        then counted.met / cast(counted.met + counted.breached as double)
    end as attainment_rate
from counted
left join owners on counted.owner_id = owners.owner_id
