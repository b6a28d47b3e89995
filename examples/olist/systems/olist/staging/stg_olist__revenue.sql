with
    items as ({{ current_rows("olist", "order_items") }}),

    deals as ({{ current_rows("olist", "closed_deals") }})

select
    items.order_id || ':' || items.order_item_id as revenue_record_id,
    items.order_id as revenue_document_id,
    items.seller_id as account_record_id,
    deals.mql_id as opportunity_record_id,
    {{ local_to_utc("items.shipping_limit_date", export_zone("olist")) }} as revenue_at,
    items.price as amount,
    'BRL' as currency_code,
    cast(null as string) as exclusion_reason
from items
left join deals on items.seller_id = deals.seller_id
