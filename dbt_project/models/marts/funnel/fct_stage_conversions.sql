-- For every stage that a journey entered, each later stage that its system has, and when that one was
-- reached.
with
    transitions as (select * from {{ ref("fct_stage_transitions") }} where not is_left_again),

    stages as (select * from {{ ref("known_stages") }} where stage_rank > 0),

    journeys as (select * from {{ ref("fct_journeys") }}),

    opportunities as (select * from {{ ref("fct_opportunities") }}),

    won as (
        select journey_id, cast(sum(amount_reporting) as decimal(24, 6)) as won_amount
        from opportunities
        where status = 'won' and is_new_business
        group by journey_id
    ),

    reached as (
        select
            transitions.journey_id, stages.stage, stages.stage_rank, min(transitions.entered_at) as entered_at
        from transitions
        inner join stages on transitions.stage = stages.stage
        group by transitions.journey_id, stages.stage, stages.stage_rank
    ),

    -- Deals can be won where there are any, also while none was.
    known_stages as (
        select stage, stage_rank
        from reached
        union
        select stages.stage, stages.stage_rank
        from stages
        cross join (select count(*) as deals from opportunities) as counted
        where stages.stage = 'customer' and counted.deals > 0
    ),

    pairs as (
        select
            from_stages.journey_id,
            from_stages.stage as from_stage,
            from_stages.stage_rank as from_rank,
            from_stages.entered_at,
            known_stages.stage as to_stage,
            known_stages.stage_rank as to_rank,
            to_stages.entered_at as reached_at
        from reached as from_stages
        inner join known_stages on from_stages.stage_rank < known_stages.stage_rank
        left join
            reached as to_stages
            on from_stages.journey_id = to_stages.journey_id
            and known_stages.stage = to_stages.stage
    )

select
    pairs.journey_id,
    journeys.revenue_stream,
    journeys.lead_type,
    journeys.channel,
    journeys.owner_id,
    pairs.from_stage,
    pairs.from_rank,
    pairs.to_stage,
    pairs.to_rank,
    {{ local_date("pairs.entered_at") }} as entered_date,
    {{ local_date("pairs.reached_at") }} as reached_date,
    {{ minutes_between("pairs.entered_at", "pairs.reached_at") }} / 1440 as days_between,
    -- Still on the way: neither arrived nor ended, so the outcome is not known yet.
    pairs.reached_at is null and journeys.outcome = 'open' as is_open,
    coalesce(won.won_amount, 0) as won_amount
from pairs
inner join journeys on pairs.journey_id = journeys.journey_id
left join won on pairs.journey_id = won.journey_id
