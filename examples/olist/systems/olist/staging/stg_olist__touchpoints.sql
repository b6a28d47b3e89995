with leads as ({{ current_rows("olist", "marketing_qualified_leads") }})

select
    mql_id as touchpoint_record_id,
    mql_id as person_record_id,
    {{ local_to_utc("cast(first_contact_date as timestamp)", export_zone("olist")) }} as touched_at,
    origin as source_label,
    cast(null as string) as source_detail,
    cast(null as string) as campaign_label,
    landing_page_id as content_label,
    'first contact' as touch_label
from leads
