{%- set of_deal -%}
    opportunity_id as case_id,
    closed_at as happened_at,
    closed_date as happened_date,
    created_at as possible_from_at,
    journey_id,
    owner_id,
    revenue_stream,
    lead_type
{%- endset -%}

-- The cases that the measures of the agreement are computed from: a share is the mean of its zeros and ones.
with
    opportunities as (
        select * from {{ ref("fct_opportunities") }} where status <> 'open' and is_new_business
    ),

    handoffs as (select * from {{ ref("fct_handoffs") }}),

    activities as (select * from {{ ref("fct_activities") }} where is_contact),

    journeys as (select * from {{ ref("fct_journeys") }}),

    {{ counted_work() }},

    {{ customer_cases() }},

    {{ leads_sent_away() }},

    first_wins as (
        select journey_id, min(closed_at) as won_at
        from opportunities
        where status = 'won'
        group by journey_id
    ),

    -- A deal takes from the handoff of its journey; one that was never handed over, and one more that was
    -- opened after the first was won, from when it was opened.
    deals as (
        select
            opportunities.*,
            journeys.lead_type,
            case
                when
                    handoffs.handed_over_at <= opportunities.closed_at
                    and coalesce(opportunities.created_at <= first_wins.won_at, true)
                then handoffs.handed_over_at
                else opportunities.created_at
            end as begun_at
        from opportunities
        left join journeys on opportunities.journey_id = journeys.journey_id
        left join handoffs on opportunities.journey_id = handoffs.journey_id
        left join
            first_wins
            on opportunities.journey_id = first_wins.journey_id
            and first_wins.won_at < opportunities.closed_at
    )

select
    'win_rate' as measure,
    {{ of_deal }},
    -- Of a deal that has ended at an unknown time it is not known in which period it counts.
    case when closed_at is not null then case when status = 'won' then 1.0 else 0.0 end end as measured,
    cast(null as string) as period
from deals
union all
select
    'sales_cycle_days' as measure,
    {{ of_deal }},
    -- A deal that was recorded after its end has no length that anybody knows, nor has one that ends after
    -- all records.
    case
        when {{ local_date("begun_at") }} <= closed_date and days_to_close is not null
        then {{ minutes_between("begun_at", "closed_at") }} / 1440
    end as measured,
    null as period
from deals
where status = 'won'
union all
select
    'acceptance_rate' as measure,
    journey_id as case_id,
    handed_over_at as happened_at,
    handed_over_date as happened_date,
    handed_over_at as possible_from_at,
    journey_id,
    owner_id,
    revenue_stream,
    lead_type,
    -- A lead without an answer so far can be either; silence is not an answer of sales, whatever the
    -- agreement makes of it.
    case
        when answer = 'accepted'
        then 1.0
        when answer = 'rejected' or leads_sent_away.journey_id is not null
        then 0.0
    end as measured,
    null as period
from handoffs
left join leads_sent_away using (journey_id)
where answer is null or answer in ('accepted', 'rejected')
union all
-- How complete it is depends on what its version requires; a case with everything required is 1.
select
    'data_completeness' as measure,
    journey_id as case_id,
    handed_over_at as happened_at,
    handed_over_date as happened_date,
    handed_over_at as possible_from_at,
    journey_id,
    owner_id,
    revenue_stream,
    lead_type,
    case when has_account and has_source and has_owner and has_country then 1.0 else 0.0 end as measured,
    null as period
from handoffs
union all
select
    'outcome_logging' as measure,
    activities.activity_id as case_id,
    activities.happened_at,
    activities.happened_date,
    activities.happened_at as possible_from_at,
    activities.journey_id,
    activities.owner_id,
    journeys.revenue_stream,
    journeys.lead_type,
    case when activities.outcome_label is not null then 1.0 else 0.0 end as measured,
    null as period
from activities
left join journeys on activities.journey_id = journeys.journey_id
where activities.activity_type in ('call', 'meeting')
union all
select
    counted_work.measure,
    counted_work.case_id,
    counted_work.happened_at,
    {{ local_date("counted_work.happened_at") }} as happened_date,
    counted_work.happened_at as possible_from_at,
    counted_work.journey_id,
    counted_work.owner_id,
    journeys.revenue_stream,
    journeys.lead_type,
    1.0 as measured,
    null as period
from counted_work
left join journeys on counted_work.journey_id = journeys.journey_id
union all
select *
from customer_cases
