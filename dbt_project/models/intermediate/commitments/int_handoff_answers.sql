-- What sales said first to each lead that was handed over: a yes is the agreed stage or one beyond it.
with
    leads as (select * from {{ ref("int_delivered_leads") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    stages as (select * from {{ ref("int_stages") }}),

    transitions as (select * from {{ ref("int_stage_transitions") }})

select
    leads.journey_id,
    case when transitions.stage = 'rejected' then 'rejected' else 'accepted' end as answer,
    transitions.entered_at as answered_at
from leads
inner join versions on leads.version = versions.version
inner join stages as accepting on versions.accepted_stage = accepting.stage
inner join
    transitions
    on leads.journey_id = transitions.journey_id
    and transitions.entered_at >= leads.handed_over_at
inner join stages as entered_stages on transitions.stage = entered_stages.stage
where transitions.stage = 'rejected' or entered_stages.stage_rank >= accepting.stage_rank
qualify
    row_number() over (
        partition by leads.journey_id
        order by transitions.entered_at, entered_stages.stage_rank desc, transitions.stage_transition_id
    )
    = 1
