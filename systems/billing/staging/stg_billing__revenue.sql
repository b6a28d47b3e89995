with invoices as ({{ current_rows("billing", "invoices") }})

select
    invoices.invoice_id as revenue_record_id,
    coalesce(invoices.invoice_number, invoices.invoice_id) as revenue_document_id,
    invoices.customer_id as account_record_id,
    cast(null as string) as opportunity_record_id,
    {{ billing_time("invoices", "invoiced_at") }} as revenue_at,
    invoices.total - coalesce(invoices.tax, 0) as amount,
    {{ export_currency("invoices.currency", "billing") }} as currency_code,
    -- Nobody was asked to pay these; what was billed and not paid yet counts.
    case
        when lower(invoices.status) in ('draft', 'pending', 'void', 'voided', 'deleted')
        then 'invoice draft or void'
    end as exclusion_reason
from invoices
