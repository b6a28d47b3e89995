with
    commitments as (select * from {{ ref("fct_commitments") }} where kind = 'clock'),

    journeys as (select * from {{ ref("fct_journeys") }}),

    populations as (
        select commitments.*, 'all' as population
        from commitments
        union all
        select commitments.*, 'mql' as population
        from commitments
        inner join journeys on commitments.journey_id = journeys.journey_id
        where journeys.mql_at is not null
    )

select
    month_date,
    commitment,
    population,
    count(*) as leads,
    count(stopped_at) as contacted,
    count(*) - count(stopped_at) as never_contacted,
    {{ quantile("elapsed_minutes", 0.5) }} as median_minutes,
    {{ quantile("elapsed_minutes", 0.9) }} as p90_minutes,
    {{ quantile("elapsed_business_minutes", 0.5) }} as median_business_minutes,
    {{ quantile("elapsed_business_minutes", 0.9) }} as p90_business_minutes,
    count(*) filter (where elapsed_minutes <= 60) as within_1h,
    count(*) filter (where elapsed_minutes <= 1440) as within_24h,
    count(*) filter (where status = 'met') as met,
    count(*) filter (where status = 'breached') as breached,
    count(*) filter (where status = 'pending') as pending,
    count(*) filter (where status = 'excused') as excused
from populations
group by month_date, commitment, population
