-- A lead of no agreed type was handed over too, and has no value.
with
    versions as (select * from {{ ref("stg_agreement__versions") }}),

    transitions as (select * from {{ ref("int_stage_transitions") }} where not is_inferred),

    delivered as (select * from {{ ref("int_delivered_leads") }}),

    -- Every journey that entered the stage of the handoff, whatever its type.
    handoffs as (
        select transitions.journey_id, min(transitions.entered_at) as entered_at
        from transitions
        inner join
            versions
            on transitions.agreement_version = versions.version
            and transitions.stage = versions.handoff_stage
        group by transitions.journey_id
    )

select
    cast(
        date_trunc(
            'month', coalesce(delivered.handed_over_date, {{ local_date("handoffs.entered_at") }})
        ) as date
    ) as month_date,
    count(*) as leads,
    count(delivered.journey_id) as typed_leads
from handoffs
full outer join delivered on handoffs.journey_id = delivered.journey_id
group by 1
