-- A report names the account; a name that two accounts have is none, one that was deleted is not meant.
with
    records as ({{ salesforce_records("accounts") }}),

    deleted as (
        select record_id
        from records
        where coalesce(is_deleted, false) or not coalesce(is_active_version, true)
    ),

    accounts as (
        select accounts.account_name, accounts.account_record_id
        from {{ ref("stg_salesforce__accounts") }} as accounts
        left join deleted on accounts.account_record_id = deleted.record_id
        where accounts.merged_into_record_id is null and deleted.record_id is null
        union all
        select account_name, account_record_id
        from {{ ref("stg_salesforce__person_accounts") }}
        where {{ salesforce_id("master_record_id") }} is null and deleted_at is null
    )

select lower({{ trimmed("account_name") }}) as account_name, min(account_record_id) as account_record_id
from accounts
where {{ trimmed("account_name") }} <> ''
group by 1
having count(*) = 1
