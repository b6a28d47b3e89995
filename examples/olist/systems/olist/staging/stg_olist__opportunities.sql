with deals as ({{ current_rows("olist", "closed_deals") }})

select
    mql_id as opportunity_record_id,
    mql_id as person_record_id,
    seller_id as account_record_id,
    sr_id as owner_record_id,
    'seller' as stream_label,
    true as is_new_business,
    {{ local_to_utc("won_date", export_zone("olist")) }} as created_at,
    {{ local_to_utc("won_date", export_zone("olist")) }} as closed_at,
    {{ local_to_utc("won_date", export_zone("olist")) }} as recorded_at,
    true as is_won,
    -- The deal has no price: declared_monthly_revenue is the seller's own turnover, and 0 there
    -- means "not given".
    cast(null as decimal(24, 6)) as amount,
    'BRL' as currency_code,
    cast(null as string) as lost_reason,
    cast(null as timestamp) as deleted_at
from deals
