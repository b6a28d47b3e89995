with line_items as ({{ current_rows("billing", "invoice_lines") }})

select
    line_item_id as line_item_record_id,
    cast(null as string) as opportunity_record_id,
    invoice_id as revenue_record_id,
    coalesce(product, description) as product_label,
    cast(null as string) as product_group_label,
    coalesce(quantity, 1) as quantity,
    coalesce(amount, unit_amount * coalesce(quantity, 1)) as amount,
    cost_amount,
    {{ export_currency("currency", "billing") }} as currency_code,
    cast(null as timestamp) as deleted_at
from line_items
