with
    leads as ({{ current_rows("olist", "marketing_qualified_leads") }}),

    deals as ({{ current_rows("olist", "closed_deals") }})

select
    leads.mql_id as person_record_id,
    cast(null as string) as email,
    cast(null as string) as full_name,
    deals.seller_id as account_record_id,
    coalesce(deals.sr_id, deals.sdr_id) as owner_record_id,
    {{ local_to_utc("cast(leads.first_contact_date as timestamp)", export_zone("olist")) }} as created_at,
    leads.origin as source_label,
    cast(null as string) as source_detail,
    leads.landing_page_id as campaign_label,
    'seller' as stream_label,
    'BR' as country,
    cast(null as timestamp) as deleted_at,
    cast(null as string) as job_title
from leads
left join deals on leads.mql_id = deals.mql_id
