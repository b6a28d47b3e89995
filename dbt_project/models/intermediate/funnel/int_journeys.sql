with
    transitions as (select * from {{ ref("int_stage_transitions") }}),

    stages as (select * from {{ ref("known_stages") }}),

    persons as (select * from {{ ref("int_person_profiles") }}),

    exits as (select * from {{ ref("int_stage_exits") }}),

    undated as (select * from {{ ref("int_undated_stages") }}),

    opened_by_sales as (
        select distinct journey_id from {{ ref("int_inferred_stage_entries") }} where is_skipped_by_sales
    ),

    staged as (
        select transitions.*, stages.stage_rank, stages.is_side_state
        from transitions
        inner join stages on transitions.stage = stages.stage
    ),

    journeys as (
        select
            journey_id,
            min(person_id) as person_id,
            min(journey_number) as journey_number,
            min(entered_at) filter (where stage = 'lead') as lead_at,
            min(entered_at) filter (where stage = 'mql') as mql_at,
            min(entered_at) filter (where stage = 'sal') as sal_at,
            min(entered_at) filter (where stage = 'sql') as sql_at,
            min(entered_at) filter (where stage = 'opportunity') as opportunity_at,
            min(entered_at) filter (where stage = 'customer') as customer_at,
            min_by(agreement_version, entered_at) as agreement_version
        from staged
        group by journey_id
    ),

    last_side_states as (
        select
            staged.journey_id,
            staged.entered_at as closed_at,
            staged.stage as side_state,
            staged.stage_label as side_state_label,
            staged.reason_label,
            exits.reason_class
        from staged
        inner join exits on staged.stage_transition_id = exits.stage_transition_id
        qualify
            row_number() over (
                partition by staged.journey_id
                order by staged.entered_at desc, staged.stage, staged.stage_transition_id
            )
            = 1
    ),

    -- A journey begins at the first stage of the funnel that it passed, even if a later one has an earlier
    -- date.
    begun as (
        select
            journeys.*,
            last_side_states.closed_at,
            last_side_states.side_state,
            last_side_states.side_state_label,
            last_side_states.reason_label,
            last_side_states.reason_class,
            coalesce(
                lead_at, mql_at, sal_at, sql_at, opportunity_at, customer_at, last_side_states.closed_at
            ) as entered_at
        from journeys
        left join last_side_states on journeys.journey_id = last_side_states.journey_id
    ),

    followed as (
        select *, lead(entered_at) over (partition by person_id order by journey_number) as next_entered_at
        from begun
    )

select
    followed.journey_id,
    followed.person_id,
    followed.journey_number,
    followed.entered_at,
    {{ local_date("followed.entered_at") }} as entered_date,
    followed.next_entered_at,
    -- An event between two journeys belongs to the one before.
    case
        when followed.journey_number = 1 then timestamp '0001-01-01' else followed.entered_at
    end as counts_from,
    coalesce(followed.next_entered_at, timestamp '9999-12-31') as counts_to,
    followed.lead_at,
    followed.mql_at,
    followed.sal_at,
    followed.sql_at,
    followed.opportunity_at,
    followed.customer_at,
    followed.closed_at,
    opened_by_sales.journey_id is not null as is_opened_by_sales,
    case
        when followed.customer_at is not null
        then 'customer'
        when followed.opportunity_at is not null
        then 'opportunity'
        when followed.sql_at is not null
        then 'sql'
        when followed.sal_at is not null
        then 'sal'
        when followed.mql_at is not null
        then 'mql'
        else 'lead'
    end as stage,
    case
        when followed.customer_at is not null
        then 'customer'
        when undated.is_side_state or undated.stage = 'customer'
        then undated.stage
        else coalesce(followed.side_state, 'open')
    end as outcome,
    undated.stage as undated_stage,
    case
        when undated.is_side_state then undated.stage_label else followed.side_state_label
    end as outcome_label,
    case
        when undated.is_side_state then undated.reason_label else followed.reason_label
    end as outcome_reason,
    followed.reason_class as outcome_reason_class,
    {{ minutes_between("followed.entered_at", "followed.customer_at") }} / 1440 as days_to_customer,
    -- A customer is an account; one that is won once more, with whichever person, was acquired before.
    followed.customer_at is not null
    and row_number() over (
        partition by coalesce(persons.account_id, followed.person_id)
        order by followed.customer_at nulls last, followed.journey_id
    )
    = 1 as is_new_customer,
    persons.channel,
    persons.source_label,
    persons.lead_type,
    persons.revenue_stream,
    persons.persona,
    persons.account_id,
    persons.owner_id,
    followed.agreement_version
from followed
inner join persons on followed.person_id = persons.person_id
left join undated on followed.journey_id = undated.journey_id
left join opened_by_sales on followed.journey_id = opened_by_sales.journey_id
