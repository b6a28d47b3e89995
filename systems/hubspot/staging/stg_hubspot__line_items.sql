with
    line_items as ({{ current_rows("hubspot", "line_items") }}),

    line_item_deals as ({{ current_rows("hubspot", "line_item_deals") }}),

    products as ({{ current_rows("hubspot", "products") }}),

    -- A line belongs to one deal.
    deals as (
        select line_item_id, deal_id
        from line_item_deals
        qualify row_number() over (partition by line_item_id order by length(deal_id), deal_id) = 1
    )

select
    line_items.record_id as line_item_record_id,
    coalesce({{ first_listed("line_items.associated_deal_ids") }}, deals.deal_id) as opportunity_record_id,
    {{ first_listed("line_items.associated_invoice_ids") }} as revenue_record_id,
    -- A renamed line is still of its product.
    coalesce(products.product_name, line_items.line_item_name, line_items.sku) as product_label,
    coalesce(products.product_type, line_items.product_type) as product_group_label,
    coalesce(line_items.quantity, 1) as quantity,
    coalesce(line_items.net_price, line_items.unit_price * coalesce(line_items.quantity, 1)) as amount,
    line_items.unit_cost * coalesce(line_items.quantity, 1) as cost_amount,
    {{ export_currency("line_items.currency", "hubspot") }} as currency_code,
    {{ hubspot_deleted_at("line_items", ["synced_at", "last_modified_date"]) }} as deleted_at
from line_items
left join deals on line_items.record_id = deals.line_item_id
left join products on line_items.product_id = products.record_id
