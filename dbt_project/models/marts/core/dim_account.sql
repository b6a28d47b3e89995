with accounts as (select * from {{ ref("int_account_profiles") }})

select account_id, system, records, account_name, domain, segment_label, employees, country
from accounts
