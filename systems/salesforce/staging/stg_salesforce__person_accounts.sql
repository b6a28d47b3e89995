-- The person is the contact that Salesforce keeps with the account. Where no file has that contact, what the
-- account shows is all that is known of the person.
with
    accounts as ({{ salesforce_records("accounts") }}),

    contacts as ({{ salesforce_records("contacts") }}),

    -- A person account has one contact; a company has several, which are not marked.
    contacts_of_accounts as (
        select
            {{ salesforce_id("account_id") }} as account_record_id,
            bool_or(coalesce(is_person_account, false)) as is_person_account,
            coalesce(min(case when is_person_account then record_id end), min(record_id)) as contact_record_id
        from contacts
        where
            {{ salesforce_id("account_id") }} is not null and {{ salesforce_id("master_record_id") }} is null
        group by 1
    ),

    person_accounts as (
        select
            coalesce(accounts.record_id, contacts_of_accounts.account_record_id) as account_record_id,
            coalesce(
                {{ salesforce_id("accounts.person_contact_id") }},
                contacts_of_accounts.contact_record_id,
                accounts.record_id
            ) as person_record_id,
            accounts.account_name,
            accounts.first_name,
            accounts.last_name,
            accounts.email,
            accounts.job_title,
            accounts.master_record_id,
            accounts.owner_id,
            accounts.owner_name,
            accounts.lead_source,
            accounts.is_opted_out,
            coalesce(accounts.mailing_country, accounts.billing_country) as country,
            {{ salesforce_utc("created_date", "accounts") }} as created_at,
            coalesce(
                {{ salesforce_utc("system_modstamp", "accounts") }},
                {{ salesforce_utc("last_modified_date", "accounts") }}
            ) as last_modified_at,
            {{ salesforce_deleted_at("accounts") }} as deleted_at
        from accounts
        full outer join contacts_of_accounts on accounts.record_id = contacts_of_accounts.account_record_id
        where
            coalesce(
                accounts.is_person_account,
                accounts.person_contact_id is not null or contacts_of_accounts.is_person_account
            )
    )

select person_accounts.*, contacts.record_id is not null as has_contact
from person_accounts
left join contacts on person_accounts.person_record_id = contacts.record_id
