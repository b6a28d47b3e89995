-- The name of a line begins with the opportunity's, so the product has to give its own.
with
    line_items as ({{ salesforce_records("opportunity_line_items") }}),

    products as ({{ salesforce_records("products") }}),

    price_book_entries as ({{ salesforce_records("price_book_entries") }}),

    with_entries as (
        select
            line_items.*,
            price_book_entries.name as entry_name,
            coalesce(
                {{ salesforce_id("line_items.product_id") }},
                {{ salesforce_id("price_book_entries.product_id") }}
            ) as product_record_id
        from line_items
        left join
            price_book_entries
            on {{ salesforce_id("line_items.price_book_entry_id") }} = price_book_entries.record_id
    )

select
    with_entries.record_id as line_item_record_id,
    {{ salesforce_id("with_entries.opportunity_id") }} as opportunity_record_id,
    cast(null as string) as revenue_record_id,
    coalesce(products.name, with_entries.entry_name, with_entries.product_code) as product_label,
    products.family as product_group_label,
    coalesce(with_entries.quantity, 1) as quantity,
    coalesce(
        with_entries.total_price, with_entries.unit_price * coalesce(with_entries.quantity, 1)
    ) as amount,
    with_entries.unit_cost * coalesce(with_entries.quantity, 1) as cost_amount,
    {{ export_currency("with_entries.currency_iso_code", "salesforce") }} as currency_code,
    {{ salesforce_deleted_at("with_entries", can_merge=false) }} as deleted_at
from with_entries
left join products on with_entries.product_record_id = products.record_id
