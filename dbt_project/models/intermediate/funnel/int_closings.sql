-- A deal whose flag shows that it has ended has ended, whatever its date is: the end of a contract, a day
-- that was planned. It ended when the record was last written at the latest, else at the end of the known
-- data.
with
    opportunities as (select * from {{ ref("int_opportunities") }} where closed_at is not null),

    as_of as (select * from {{ ref("int_as_of") }}),

    bounded as (
        select
            opportunities.system,
            opportunities.opportunity_record_id,
            opportunities.closed_at as stated_at,
            coalesce(opportunities.recorded_at, as_of.data_until) as known_at
        from opportunities
        cross join as_of
    )

select
    system,
    opportunity_record_id,
    stated_at,
    case when stated_at > known_at then known_at else stated_at end as closed_at,
    stated_at > known_at as is_stated_later
from bounded
