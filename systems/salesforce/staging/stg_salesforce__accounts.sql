with
    accounts as ({{ salesforce_records("accounts") }}),

    leads as ({{ salesforce_records("leads") }}),

    person_accounts as (select * from {{ ref("stg_salesforce__person_accounts") }}),

    -- A lead's own number counts where the account that it was converted to has none.
    converted as (
        select
            {{ salesforce_id("converted_account_id") }} as account_record_id,
            max({{ head_count("employees") }}) as employees
        from leads
        group by 1
    )

select
    accounts.record_id as account_record_id,
    accounts.account_name,
    {{ bare_domain("accounts.website") }} as domain,
    accounts.industry as segment_label,
    coalesce({{ head_count("accounts.employees") }}, converted.employees) as employees,
    accounts.billing_country as country,
    accounts.billing_state as state,
    accounts.billing_postcode as postcode,
    {{ salesforce_id("accounts.master_record_id") }} as merged_into_record_id
from accounts
left join converted on accounts.record_id = converted.account_record_id
left join person_accounts on accounts.record_id = person_accounts.account_record_id
where person_accounts.account_record_id is null
