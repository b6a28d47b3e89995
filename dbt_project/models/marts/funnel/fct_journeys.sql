with
    transitions as (select * from {{ ref("fct_stage_transitions") }}),

    stages as (select * from {{ ref("int_stages") }}),

    persons as (select * from {{ ref("dim_person") }}),

    reasons as (select * from {{ ref("stg_agreement__handoff_reasons") }}),

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
            case
                when staged.reason_label is not null then coalesce(reasons.reason_class, 'unclassified')
            end as reason_class
        from staged
        left join
            reasons
            on staged.agreement_version = reasons.version
            and lower(trim(staged.reason_label)) = lower(trim(reasons.reason_label))
        where staged.is_side_state
        qualify
            row_number() over (
                partition by staged.journey_id
                order by
                    staged.entered_at desc, staged.stage, staged.stage_transition_id, reasons.reason_class
            )
            = 1
    ),

    -- A journey begins at the first stage of the funnel that it passed, even if a later one bears
    -- an earlier date.
    begun as (
        select
            *, coalesce(lead_at, mql_at, sal_at, sql_at, opportunity_at, customer_at, closed_at) as entered_at
        from journeys
        left join last_side_states on journeys.journey_id = last_side_states.journey_id
    )

select
    begun.journey_id,
    begun.person_id,
    begun.journey_number,
    begun.entered_at,
    {{ local_date("begun.entered_at") }} as entered_date,
    lead(begun.entered_at) over (
        partition by begun.person_id order by begun.journey_number
    ) as next_entered_at,
    begun.lead_at,
    begun.mql_at,
    begun.sal_at,
    begun.sql_at,
    begun.opportunity_at,
    begun.customer_at,
    begun.closed_at,
    case
        when begun.customer_at is not null then 'customer' else coalesce(begun.side_state, 'open')
    end as outcome,
    begun.side_state_label as outcome_label,
    begun.reason_label as outcome_reason,
    begun.reason_class as outcome_reason_class,
    {{ minutes_between("begun.entered_at", "begun.customer_at") }} / 1440 as days_to_customer,
    persons.channel,
    persons.source_label,
    persons.lead_type,
    persons.revenue_stream,
    persons.account_id,
    persons.owner_id,
    begun.agreement_version
from begun
inner join persons on begun.person_id = persons.person_id
