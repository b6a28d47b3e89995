with
    items as ({{ current_rows("olist", "order_items") }}),

    products as ({{ current_rows("olist", "products") }})

select
    items.order_id || ':' || items.order_item_id as line_item_record_id,
    cast(null as string) as opportunity_record_id,
    items.order_id || ':' || items.order_item_id as revenue_record_id,
    products.product_category_name as product_label,
    1 as quantity,
    items.price as amount,
    'BRL' as currency_code
from items
left join products on items.product_id = products.product_id
