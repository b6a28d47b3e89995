with accounts as ({{ current_rows("ravenstack", "accounts") }})

select
    account_id as person_record_id,
    cast(null as string) as email,
    cast(null as string) as full_name,
    account_id as account_record_id,
    cast(null as string) as owner_record_id,
    {{ export_utc("cast(signup_date as timestamp)", "ravenstack", "accounts") }} as created_at,
    referral_source as source_label,
    cast(null as string) as source_detail,
    cast(null as string) as campaign_label,
    'subscription' as stream_label,
    country,
    cast(null as timestamp) as deleted_at,
    cast(null as string) as job_title
from accounts
