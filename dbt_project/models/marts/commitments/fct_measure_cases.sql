-- The cases that the measures of the agreement are computed from: a share is the mean of its zeros and ones.
with
    opportunities as (
        select * from {{ ref("fct_opportunities") }} where status <> 'open' and is_new_business
    ),

    handoffs as (select * from {{ ref("fct_handoffs") }}),

    activities as (select * from {{ ref("fct_activities") }} where is_contact),

    journeys as (select * from {{ ref("fct_journeys") }}),

    -- A count has cases only where an agreement counts them: there are as many as activities.
    counted as (
        select distinct measure from {{ source("agreement", "commitment_measures") }} where unit = 'count'
    ),

    -- What a person did towards a lead, each activity once, whatever number of leads took part.
    work as (
        select counted.measure, activities.*
        from activities
        inner join
            counted
            on counted.measure = 'attempts'
            or (counted.measure = 'contacts' and activities.activity_class <> 'attempt')
            or (counted.measure = 'conversations' and activities.activity_class = 'conversation')
    ),

    -- Marketing has treated a lead when it is decided: handed over, or declined before any handoff.
    declined as (
        select transitions.journey_id, min(transitions.entered_at) as declined_at
        from {{ ref("fct_stage_transitions") }} as transitions
        left join handoffs on transitions.journey_id = handoffs.journey_id
        where
            transitions.stage in ('rejected', 'recycled', 'disqualified')
            and not transitions.is_left_again
            and coalesce(transitions.entered_at < handoffs.handed_over_at, true)
        group by transitions.journey_id
    ),

    treated as (
        select
            coalesce(declined.journey_id, handoffs.journey_id) as journey_id,
            coalesce(declined.declined_at, handoffs.handed_over_at) as treated_at
        from declined
        full outer join handoffs on declined.journey_id = handoffs.journey_id
    ),

    -- A deal takes from the handoff of its journey; one that was never handed over, from when it was opened.
    deals as (
        select
            opportunities.*,
            journeys.lead_type,
            case
                when handoffs.handed_over_at <= opportunities.closed_at
                then handoffs.handed_over_at
                else opportunities.created_at
            end as begun_at
        from opportunities
        left join journeys on opportunities.journey_id = journeys.journey_id
        left join handoffs on opportunities.journey_id = handoffs.journey_id
    )

select
    'win_rate' as measure,
    opportunity_id as case_id,
    closed_at as happened_at,
    closed_date as happened_date,
    created_at as possible_from_at,
    journey_id,
    owner_id,
    revenue_stream,
    lead_type,
    -- Of a deal that has ended at an unknown time it is not known in which period it counts.
    case when closed_at is not null then case when status = 'won' then 1.0 else 0.0 end end as measured
from deals
union all
select
    'sales_cycle_days' as measure,
    opportunity_id as case_id,
    closed_at as happened_at,
    closed_date as happened_date,
    created_at as possible_from_at,
    journey_id,
    owner_id,
    revenue_stream,
    lead_type,
    -- A deal that was recorded after its end has no length that anybody knows.
    case
        when {{ local_date("begun_at") }} <= closed_date
        then {{ minutes_between("begun_at", "closed_at") }} / 1440
    end as measured
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
    case answer when 'accepted' then 1.0 when 'rejected' then 0.0 end as measured
from handoffs
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
    case when has_account and has_source and has_owner and has_country then 1.0 else 0.0 end as measured
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
    case when activities.outcome_label is not null then 1.0 else 0.0 end as measured
from activities
left join journeys on activities.journey_id = journeys.journey_id
where activities.activity_type in ('call', 'meeting')
union all
select
    work.measure,
    work.activity_id as case_id,
    work.happened_at,
    work.happened_date,
    work.happened_at as possible_from_at,
    work.journey_id,
    work.owner_id,
    journeys.revenue_stream,
    journeys.lead_type,
    1.0 as measured
from work
left join journeys on work.journey_id = journeys.journey_id
union all
select
    counted.measure,
    treated.journey_id as case_id,
    treated.treated_at as happened_at,
    {{ local_date("treated.treated_at") }} as happened_date,
    treated.treated_at as possible_from_at,
    treated.journey_id,
    cast(null as string) as owner_id,
    journeys.revenue_stream,
    journeys.lead_type,
    1.0 as measured
from treated
inner join counted on counted.measure = 'leads_treated'
left join journeys on treated.journey_id = journeys.journey_id
