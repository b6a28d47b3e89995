with
    commitments as (select * from {{ ref("fct_commitments") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    monthly as (
        select
            month_date,
            team,
            commitment,
            owner_id,
            min(kind) as kind,
            min(clock_type) as clock_type,
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
        from commitments
        group by month_date, team, commitment, owner_id
    )

select
    monthly.month_date,
    monthly.team,
    monthly.commitment,
    monthly.kind,
    monthly.clock_type,
    monthly.owner_id,
    case
        when owners.owner_id is not null
        then owners.owner_name
        when monthly.clock_type is not null
        then '(no owner)'
        else '(team)'
    end as owner_name,
    monthly.met,
    monthly.breached,
    monthly.pending,
    monthly.excused,
    monthly.target_rate,
    monthly.target_amount,
    monthly.actual_amount,
    -- Clocks and measures count what was kept of what fell due; value counts what was delivered of what was
    -- promised.
    case
        when monthly.kind = 'lead_value'
        then monthly.actual_amount / nullif(monthly.target_amount, 0)
        when monthly.met + monthly.breached > 0
        then monthly.met / cast(monthly.met + monthly.breached as double)
    end as attainment_rate
from monthly
left join owners on monthly.owner_id = owners.owner_id
