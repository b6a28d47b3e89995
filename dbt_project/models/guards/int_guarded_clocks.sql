with
    clocks as (
        select *
        from {{ ref("fct_commitments") }}
        where elapsed_minutes is not null or elapsed_business_minutes is not null
    ),

    journeys as (select * from {{ ref("fct_journeys") }}),

    versions as (select * from {{ version_of_today() }} as versions),

    counted as (select * from {{ source("agreement", "commitment_activities") }}),

    -- Of a type that no file has it is not known whether nobody does it or nobody exported it.
    found as (select activity_type, count(*) as activities from {{ ref("fct_activities") }} group by 1)

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
union all
select
    'counted_activities',
    'commitments.' || counted.commitment || '.counts',
    'commitment',
    counted.commitment || ':' || counted.activity_type,
    null,
    null,
    null,
    null,
    1,
    case
        when found.activities is null
        then
            'it counts "'
            || counted.activity_type
            || '", and no file has one: leads contacted so are missed; export them, or remove the word from counts'
    end
from counted
inner join versions on counted.agreement_version = versions.agreement_version
left join found on counted.activity_type = found.activity_type
