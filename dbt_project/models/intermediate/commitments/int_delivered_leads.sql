-- What marketing handed over: a journey counts on the day on which it first enters the first stage of the
-- agreed chain, once, and under the version in force then. One that skipped it was never handed over: sales
-- found it by itself, or took it earlier.
with recursive
    versions as (select * from {{ ref("stg_agreement__versions") }}),

    first_stages as (select * from {{ source("agreement", "targets") }} where step_number = 1),

    lead_types as (select * from {{ ref("stg_agreement__lead_types") }}),

    transitions as (select * from {{ ref("int_stage_transitions") }}),

    journeys as (select * from {{ ref("int_journeys") }}),

    evidence as (select * from {{ ref("int_stage_evidence") }}),

    entries as (
        select
            journeys.person_id,
            journeys.journey_id,
            journeys.revenue_stream,
            journeys.lead_type,
            transitions.stage_transition_id,
            versions.agreement_version,
            versions.recycled_count_after_days,
            transitions.entered_at as handed_over_at,
            {{ local_date("transitions.entered_at") }} as handed_over_date
        from transitions
        inner join journeys on transitions.journey_id = journeys.journey_id
        inner join versions on {{ in_force_at("versions", "transitions.entered_at") }}
        inner join
            first_stages
            on versions.agreement_version = first_stages.agreement_version
            and journeys.revenue_stream = first_stages.revenue_stream
            and journeys.lead_type = first_stages.lead_type
            and transitions.stage = first_stages.stage
        where not transitions.is_inferred
        qualify
            row_number() over (
                partition by journeys.journey_id order by transitions.entered_at, versions.agreement_version
            )
            = 1
    ),

    handoffs as (
        select
            *,
            row_number() over (partition by person_id order by handed_over_at, journey_id) as handoff_number
        from entries
    ),

    -- Whether one counts depends on the last one that did, so a person's handoffs are evaluated one after the
    -- other; a company has a few handoffs of the same person at most, and this takes that number of rounds.
    evaluated as (
        select *, true as is_counted, handed_over_date as last_counted_date
        from handoffs
        where handoff_number = 1
        union all
        select
            handoffs.*,
            {{ days_apart("evaluated.last_counted_date", "handoffs.handed_over_date") }}
            >= coalesce(handoffs.recycled_count_after_days, 1000000) as is_counted,
            case
                when
                    {{ days_apart("evaluated.last_counted_date", "handoffs.handed_over_date") }}
                    >= coalesce(handoffs.recycled_count_after_days, 1000000)
                then handoffs.handed_over_date
                else evaluated.last_counted_date
            end as last_counted_date
        from evaluated
        inner join
            handoffs
            on evaluated.person_id = handoffs.person_id
            and evaluated.handoff_number + 1 = handoffs.handoff_number
    )

select
    evaluated.journey_id,
    evaluated.person_id,
    evaluated.agreement_version,
    evaluated.revenue_stream,
    evaluated.lead_type,
    evaluated.handed_over_at,
    evaluated.handed_over_date,
    evaluated.is_counted,
    -- As decimals: a sum of binary fractions depends on the order of the rows.
    case
        when evaluated.is_counted then cast(lead_types.lead_value as decimal(28, 12)) else 0
    end as delivered_amount,
    -- Null where it is not known: the version states no criteria of the stage.
    evidence.has_evidence
from evaluated
inner join
    lead_types
    on evaluated.agreement_version = lead_types.agreement_version
    and evaluated.revenue_stream = lead_types.revenue_stream
    and evaluated.lead_type = lead_types.lead_type
left join evidence on evaluated.stage_transition_id = evidence.stage_entry_id
