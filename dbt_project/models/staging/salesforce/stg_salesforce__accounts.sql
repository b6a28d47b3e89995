with accounts as ({{ salesforce_records("accounts") }})

select
    record_id as account_record_id,
    account_name,
    {{ bare_domain("website") }} as domain,
    industry as segment_label,
    billing_country as country,
    {{ salesforce_id("master_record_id") }} as merged_into_record_id,
    cast(null as bigint) as employees
from accounts
