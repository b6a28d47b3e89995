with
    leads as (select * from {{ ref("int_delivered_leads") }}),

    given_back as (select * from {{ ref("int_given_back_leads") }}),

    answers as (select * from {{ ref("int_handoff_answers") }}),

    attempts as (select * from {{ ref("int_handoff_attempts") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    persons as (select * from {{ ref("dim_person") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    known as (select * from {{ ref("int_known_until") }})

select
    leads.journey_id,
    leads.person_id,
    journeys.owner_id,
    leads.agreement_version,
    leads.revenue_stream,
    leads.lead_type,
    leads.handed_over_at,
    leads.handed_over_date,
    leads.is_counted,
    cast(leads.delivered_amount as double) as lead_value,
    given_back.journey_id is not null as is_given_back,
    answers.answer,
    answers.answered_at,
    attempts.first_attempt_at,
    attempts.contact_due_at,
    leads.is_counted
    and attempts.first_attempt_at is null
    and not attempts.is_in_contact
    and attempts.contact_due_at
    < least(as_of.as_of, coalesce(known.activities_until, as_of.as_of)) as is_untouched,
    journeys.account_id is not null as has_account,
    journeys.source_label <> '(missing)' and journeys.channel <> 'Unknown' as has_source,
    journeys.owner_id is not null as has_owner,
    persons.country is not null as has_country
from leads
cross join as_of
inner join attempts on leads.journey_id = attempts.journey_id
inner join journeys on leads.journey_id = journeys.journey_id
inner join persons on leads.person_id = persons.person_id
left join given_back on leads.journey_id = given_back.journey_id
left join known on leads.person_id = known.person_id
left join answers on leads.journey_id = answers.journey_id
