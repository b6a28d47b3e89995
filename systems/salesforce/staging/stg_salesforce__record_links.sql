with
    leads as ({{ salesforce_records("leads") }}),

    contacts as ({{ salesforce_records("contacts") }}),

    conversions as (select * from {{ ref("stg_salesforce__conversions") }}),

    person_accounts as (select * from {{ ref("stg_salesforce__person_accounts") }}),

    -- The loser of a merge is deleted at that moment, and nothing happens to it afterwards.
    links as (
        select
            record_id,
            'merge' as rule,
            {{ salesforce_id("master_record_id") }} as linked_record_id,
            coalesce(
                {{ salesforce_utc("system_modstamp", "leads") }},
                {{ salesforce_utc("last_modified_date", "leads") }}
            ) as linked_at
        from leads
        union all
        select
            record_id,
            'merge' as rule,
            {{ salesforce_id("master_record_id") }} as linked_record_id,
            coalesce(
                {{ salesforce_utc("system_modstamp", "contacts") }},
                {{ salesforce_utc("last_modified_date", "contacts") }}
            ) as linked_at
        from contacts
        union all
        select
            losers.person_record_id as record_id,
            'merge' as rule,
            winners.person_record_id as linked_record_id,
            losers.last_modified_at as linked_at
        from person_accounts as losers
        inner join
            person_accounts as winners
            on {{ salesforce_id("losers.master_record_id") }} = winners.account_record_id
        where not losers.has_contact
        union all
        select
            lead_record_id as record_id,
            'conversion' as rule,
            contact_record_id as linked_record_id,
            converted_at as linked_at
        from conversions
    )

select
    record_id as person_record_id,
    rule,
    'salesforce' as linked_system,
    linked_record_id,
    cast(null as string) as email,
    linked_at
from links
where linked_record_id is not null
