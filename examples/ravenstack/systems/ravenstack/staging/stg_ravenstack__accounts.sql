with accounts as ({{ current_rows("ravenstack", "accounts") }})

select
    account_id as account_record_id,
    account_name,
    cast(null as string) as domain,
    industry as segment_label,
    country,
    cast(null as string) as merged_into_record_id,
    cast(null as bigint) as employees
from accounts
