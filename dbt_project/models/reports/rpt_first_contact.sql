with
    commitments as (select * from {{ ref("fct_commitments") }} where kind = 'clock'),

    journeys as (select * from {{ ref("fct_journeys") }}),

    assigned as (select * from {{ ref("fct_response_times") }} where clock_start = 'assigned'),

    clocks as (
        select
            commitments.*,
            assigned.system_delay_minutes,
            assigned.system_delay_business_minutes,
            assigned.human_delay_minutes,
            assigned.human_delay_business_minutes
        from commitments
        left join
            assigned
            on commitments.journey_id = assigned.journey_id
            and commitments.commitment = assigned.commitment
    ),

    populations as (
        select clocks.*, 'all' as population
        from clocks
        union all
        select clocks.*, 'mql' as population
        from clocks
        inner join journeys on clocks.journey_id = journeys.journey_id
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
    {{ quantile("system_delay_minutes", 0.5) }} as median_system_delay_minutes,
    {{ quantile("system_delay_business_minutes", 0.5) }} as median_system_delay_business_minutes,
    {{ quantile("human_delay_minutes", 0.5) }} as median_human_delay_minutes,
    {{ quantile("human_delay_business_minutes", 0.5) }} as median_human_delay_business_minutes,
    count(*) filter (where elapsed_minutes <= 60) as within_1h,
    count(*) filter (where elapsed_minutes <= 1440) as within_24h,
    {{ count_by_status() }}
from populations
group by month_date, commitment, population
