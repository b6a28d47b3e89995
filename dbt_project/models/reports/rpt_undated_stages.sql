with
    journeys as (select * from {{ ref("fct_journeys") }}),

    counted as (
        select undated_stage as stage, count(*) as leads
        from journeys
        where undated_stage is not null
        group by undated_stage
    )

select
    stage,
    leads,
    cast(sum(leads) over () as bigint) as undated_leads,
    sum(leads) over () / cast((select count(*) from journeys) as double) as undated_rate
from counted
