with
    leads as ({{ salesforce_records("leads") }}),

    history as ({{ salesforce_entries("lead_history") }}),

    persons as (select * from {{ ref("stg_salesforce__persons") }}),

    person_accounts as (select * from {{ ref("stg_salesforce__person_accounts") }}),

    -- The lead itself has the date only.
    converted as (
        select
            {{ salesforce_id("lead_id") }} as lead_record_id,
            min({{ salesforce_utc("created_date", "history") }}) as converted_at
        from history
        where lower(field) = 'leadconverted'
        group by 1
    )

select
    leads.record_id as lead_record_id,
    coalesce(
        {{ salesforce_id("leads.converted_contact_id") }}, person_accounts.person_record_id
    ) as contact_record_id,
    {{ salesforce_id("leads.converted_opportunity_id") }} as opportunity_record_id,
    coalesce(
        converted.converted_at, {{ instant_of_date("leads.converted_date", "persons.created_at") }}
    ) as converted_at
from leads
inner join persons on leads.record_id = persons.person_record_id
left join converted on leads.record_id = converted.lead_record_id
left join
    person_accounts on {{ salesforce_id("leads.converted_account_id") }} = person_accounts.account_record_id
where coalesce(leads.is_converted, leads.converted_date is not null)
