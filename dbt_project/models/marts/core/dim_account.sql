with accounts as (select * from {{ ref("int_accounts") }})

select
    {{ global_id("system", "account_record_id") }} as account_id, system, account_name, segment_label, country
from accounts
