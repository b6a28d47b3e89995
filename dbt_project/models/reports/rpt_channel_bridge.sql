-- Two questions about one deal: how did the lead come, and what touched the person first since the deal
-- before? Where the answers differ, the deal is in one channel of the closed loop and in another of the
-- first touch.
with
    journeys as (select * from {{ ref("fct_journeys") }}),

    opportunities as (
        select
            opportunities.*,
            journeys.entered_at,
            coalesce(journeys.channel, 'unattributed') as journey_channel
        from {{ ref("fct_opportunities") }} as opportunities
        left join journeys on opportunities.journey_id = journeys.journey_id
        where opportunities.status = 'won' and opportunities.is_new_business
    ),

    attribution as (select * from {{ ref("fct_attribution") }} where attribution_model = 'first_touch'),

    touchpoints as (select * from {{ ref("fct_touchpoints") }})

select
    opportunities.opportunity_id,
    opportunities.closed_date,
    cast(date_trunc('month', opportunities.closed_date) as date) as month_date,
    opportunities.journey_id,
    opportunities.journey_channel,
    attribution.touchpoint_id,
    touchpoints.touched_at,
    attribution.channel as first_touch_channel,
    opportunities.amount_reporting as won_amount,
    opportunities.journey_channel = attribution.channel as is_same_channel,
    case
        when opportunities.journey_channel = attribution.channel
        then 'the same'
        when opportunities.journey_id is null
        then 'the deal has no journey'
        when attribution.touchpoint_id is null and opportunities.person_id is null
        then 'the deal names no person'
        when attribution.touchpoint_id is null
        then 'no touch before the deal, or none since the one before'
        when touchpoints.touched_at < opportunities.entered_at
        then 'the first touch is older than the journey'
        else 'the source of the lead is not the channel of its first touch'
    end as difference_reason
from opportunities
inner join attribution on opportunities.opportunity_id = attribution.opportunity_id
left join touchpoints on attribution.touchpoint_id = touchpoints.touchpoint_id
