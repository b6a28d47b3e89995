with
    leads as (select * from {{ ref("int_delivered_leads") }}),

    answers as (select * from {{ ref("int_handoff_answers") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    persons as (select * from {{ ref("dim_person") }})

select
    leads.journey_id,
    leads.person_id,
    journeys.owner_id,
    leads.version as agreement_version,
    leads.revenue_stream,
    leads.lead_type,
    leads.handed_over_at,
    leads.handed_over_date,
    leads.is_counted,
    answers.answer,
    answers.answered_at,
    journeys.account_id is not null as has_account,
    journeys.source_label <> '(missing)' and journeys.channel <> 'Unknown' as has_source,
    journeys.owner_id is not null as has_owner,
    persons.country is not null as has_country
from leads
inner join journeys on leads.journey_id = journeys.journey_id
inner join persons on leads.person_id = persons.person_id
left join answers on leads.journey_id = answers.journey_id
