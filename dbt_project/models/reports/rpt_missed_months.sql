with
    months as (select * from {{ ref("rpt_team_compliance") }} where status = 'missed' and has_ended),

    build as (select * from {{ ref("dim_build") }}),

    commitments as (
        select commitment, max_by(commitment_name, effective_from) as commitment_name
        from {{ ref("dim_commitment") }}
        group by commitment
    ),

    -- The months of one run have the same difference between their number and their place among the missed.
    numbered as (
        select
            *,
            {{ months_between("date '2000-01-01'", "period_date") }}
            - row_number() over (partition by team, commitment order by period_date) as run_number
        from months
    ),

    runs as (
        select
            *,
            row_number() over (
                partition by team, commitment, run_number order by period_date
            ) as months_missed
        from numbered
    )

select
    runs.period_date as month_date,
    runs.team,
    runs.commitment,
    {{ dbt.split_part("runs.commitment", "' '", 1) }} as promise,
    coalesce(commitments.commitment_name, replace(runs.commitment, '_', ' ')) as commitment_name,
    coalesce(runs.cases, runs.due) as cases,
    runs.missed,
    runs.months_missed,
    {{ rounded("runs.target_amount - runs.counted_amount", 2) }} as short_amount,
    case
        when runs.kind = 'lead_value'
        then
            {{ readable_number("runs.counted_amount", 0) }}
            || ' of '
            || {{ readable_number("runs.target_amount", 0) }}
            || coalesce(' ' || build.currency_code, '')
        when runs.cases is not null
        then
            {{ figure_with_unit("runs.attainment", "runs.unit") }}
            || case when runs.unit = 'count' then '' else ' of ' || cast(runs.cases as string) end
            || ', agreed '
            || {{ figure_with_unit("runs.target", "runs.unit") }}
        else
            cast(runs.kept as string)
            || ' of '
            || cast(runs.due as string)
            || ' kept, agreed '
            || {{ figure_with_unit("runs.target", "runs.unit") }}
    end as figures
from runs
cross join build
left join commitments on runs.commitment = commitments.commitment
