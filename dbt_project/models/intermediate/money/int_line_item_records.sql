with
    present as (
        select items.*, {{ global_id("system", "line_item_record_id") }} as line_item_id
        from {{ ref("int_line_items") }} as items
        where not coalesce({{ until_as_of("deleted_at") }}, false)
    ),

    -- One that names a deal and an invoice is a line of both.
    named as (
        select
            present.*,
            'opportunity' as record_type,
            {{ global_id("system", "opportunity_record_id") }} as record_id
        from present
        union all
        select
            present.*, 'revenue' as record_type, {{ global_id("system", "revenue_record_id") }} as record_id
        from present
    )

select
    line_item_id,
    record_type,
    record_id,
    coalesce(product_label, '(no product)') as product,
    product_group_label as product_group,
    quantity,
    amount,
    cost_amount,
    currency_code
from named
where record_id is not null
