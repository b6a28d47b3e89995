-- A case has no time of its first answer: its closing is what shows one. One that was merged away is deleted.
with
    cases as ({{ salesforce_records("cases") }}),

    owner_names as (select * from {{ ref("stg_salesforce__owner_names") }}),

    person_accounts as (select * from {{ ref("stg_salesforce__person_accounts") }})

select
    cases.record_id as ticket_record_id,
    coalesce({{ salesforce_id("cases.contact_id") }}, person_accounts.person_record_id) as person_record_id,
    case
        when person_accounts.account_record_id is null then {{ salesforce_id("cases.account_id") }}
    end as account_record_id,
    coalesce(
        {{ salesforce_id("cases.owner_id") }}, owner_names.owner_record_id, cases.owner_name
    ) as owner_record_id,
    {{ salesforce_utc("created_date", "cases") }} as created_at,
    cast(null as timestamp) as first_answered_at,
    -- A case that was opened again is not closed.
    case
        when coalesce(cases.is_closed, true) then {{ salesforce_utc("closed_date", "cases") }}
    end as closed_at,
    cases.is_closed,
    {{ salesforce_deleted_at("cases", can_merge=false) }} as deleted_at
from cases
left join owner_names on cases.owner_name = owner_names.owner_name
left join person_accounts on {{ salesforce_id("cases.account_id") }} = person_accounts.account_record_id
