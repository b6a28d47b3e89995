with
    clocks as (
        select *
        from {{ ref("fct_commitments") }}
        where elapsed_minutes is not null or elapsed_business_minutes is not null
    ),

    journeys as (select * from {{ ref("fct_journeys") }})

select
    'forward_clocks' as guard,
    cast(null as string) as clause,
    'commitment' as record_type,
    clocks.commitment_id as record_id,
    journeys.person_id,
    clocks.owner_id,
    clocks.agreement_version,
    clocks.started_at as happened_at,
    1 as row_count,
    case
        when clocks.elapsed_minutes < 0 or clocks.elapsed_business_minutes < 0
        then 'its first contact comes before the start of the clock "' || clocks.commitment || '"'
    end as reason
from clocks
left join journeys on clocks.journey_id = journeys.journey_id
