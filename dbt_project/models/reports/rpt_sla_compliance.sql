{%- set columns -%}
    agreement_version,
    team,
    kind,
    commitment,
    started_date,
    month_date,
    owner_id,
    clock_type,
    target,
    actual,
    target_rate,
    status
{%- endset -%}

-- A closed month has the figures with which it was closed, in all periods that have days of it.
with
    closings as (select * from {{ ref("fct_closings") }}),

    closed as (select * from {{ ref("fct_closed_commitments") }}),

    commitments as (select * from {{ ref("fct_commitments") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    reported as (
        select {{ columns }}, true as is_closed
        from closed
        union all
        select {{ columns }}, false as is_closed
        from commitments
        where month_date not in (select month_date from closings)
    ),

    periods as (
        select 'day' as period
        union all
        select 'week' as period
        union all
        select 'month' as period
        union all
        select 'quarter' as period
    ),

    -- Value and measures are owed by the month, so they have no day and no week.
    dated as (
        select
            periods.period,
            case
                periods.period
                when 'day'
                then reported.started_date
                when 'week'
                then {{ week_start("reported.started_date") }}
                when 'month'
                then reported.month_date
                else {{ fiscal_period("reported.month_date", "versions.fiscal_year_start_month", 3) }}
            end as period_date,
            reported.*
        from reported
        inner join versions on reported.agreement_version = versions.version
        cross join periods
        where reported.kind in ('clock', 'cadence') or periods.period in ('month', 'quarter')
    ),

    counted as (
        select
            period,
            period_date,
            team,
            commitment,
            owner_id,
            min(kind) as kind,
            min(clock_type) as clock_type,
            bool_and(is_closed) as is_closed,
            count(*) filter (where status = 'met') as met,
            count(*) filter (where status = 'breached') as breached,
            count(*) filter (where status = 'pending') as pending,
            count(*) filter (where status = 'excused') as excused,
            max(target_rate) as target_rate,
            -- Added up as decimals: a sum of binary fractions depends on the order of the rows.
            cast(
                sum(cast(target as decimal(18, 4))) filter (where kind = 'lead_value') as double
            ) as target_amount,
            cast(
                sum(cast(actual as decimal(18, 4))) filter (where kind = 'lead_value') as double
            ) as actual_amount
        from dated
        group by period, period_date, team, commitment, owner_id
    ),

    ended as (
        select
            *,
            cast(
                date_trunc(
                    'month',
                    case
                        period
                        when 'week'
                        then {{ dbt.dateadd("day", 6, "period_date") }}
                        when 'quarter'
                        then {{ add_months("period_date", 2) }}
                        else period_date
                    end
                ) as date
            ) as last_month_date
        from counted
    )

select
    ended.period,
    ended.period_date,
    ended.team,
    ended.commitment,
    ended.kind,
    ended.clock_type,
    ended.owner_id,
    case
        when owners.owner_id is not null
        then owners.owner_name
        when ended.clock_type is not null
        then '(no owner)'
        else '(team)'
    end as owner_name,
    ended.met,
    ended.breached,
    ended.pending,
    ended.excused,
    ended.target_rate,
    ended.target_amount,
    ended.actual_amount,
    ended.is_closed and closings.month_date is not null as is_closed,
    -- Clocks and measures count what was kept of what fell due; value, what was delivered of the promise.
    case
        when ended.kind = 'lead_value'
        then ended.actual_amount / nullif(ended.target_amount, 0)
        when ended.met + ended.breached > 0
        then ended.met / cast(ended.met + ended.breached as double)
    end as attainment_rate
from ended
left join owners on ended.owner_id = owners.owner_id
left join closings on ended.last_month_date = closings.month_date
