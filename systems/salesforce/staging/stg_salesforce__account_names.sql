-- A report names the account; a name that two accounts have is none.
with accounts as (select * from {{ ref("stg_salesforce__accounts") }} where merged_into_record_id is null)

select lower({{ trimmed("account_name") }}) as account_name, min(account_record_id) as account_record_id
from accounts
where {{ trimmed("account_name") }} <> ''
group by 1
having count(*) = 1
