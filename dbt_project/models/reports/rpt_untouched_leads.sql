with
    handoffs as (select * from {{ ref("fct_handoffs") }} where is_untouched),

    journeys as (select * from {{ ref("fct_journeys") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    persons as (select * from {{ ref("dim_person") }}),

    accounts as (select * from {{ ref("dim_account") }}),

    build as (select * from {{ ref("dim_build") }}),

    aged as (
        select handoffs.*, {{ days_apart("handoffs.handed_over_date", "build.as_of_date") }} as age_days
        from handoffs
        cross join build
    )

select
    aged.journey_id,
    aged.person_id,
    aged.owner_id,
    coalesce(owners.owner_name, '(no owner)') as owner_name,
    owners.team_label,
    aged.revenue_stream,
    aged.lead_type,
    journeys.channel,
    journeys.source_label,
    aged.handed_over_date,
    cast(aged.age_days as double) as age_days,
    case
        when aged.age_days <= 7
        then 'up to 7 days'
        when aged.age_days <= 30
        then '8 to 30 days'
        when aged.age_days <= 90
        then '31 to 90 days'
        else 'over 90 days'
    end as age,
    aged.lead_value,
    aged.is_given_back,
    aged.answer,
    journeys.outcome,
    persons.system,
    persons.person_name,
    accounts.account_name,
    persons.record_url
from aged
inner join journeys on aged.journey_id = journeys.journey_id
left join owners on aged.owner_id = owners.owner_id
left join persons on aged.person_id = persons.person_id
left join accounts on persons.account_id = accounts.account_id
