with
    invoices as ({{ current_rows("billing", "invoices") }}),

    states as ({{ billing_states("billing", "invoice") }})

select
    invoices.invoice_id as revenue_record_id,
    coalesce(invoices.invoice_number, invoices.invoice_id) as revenue_document_id,
    invoices.customer_id as account_record_id,
    cast(null as string) as opportunity_record_id,
    {{ billing_time("invoices", "invoiced_at") }} as revenue_at,
    {{ billing_time("invoices", "due_at") }} as due_at,
    states.is_paid,
    invoices.total - coalesce(invoices.tax, 0) as amount,
    {{ export_currency("invoices.currency", "billing") }} as currency_code,
    invoices.status as state_label,
    -- What was billed and not paid yet counts.
    {{ not_money("invoices.status") }} as exclusion_reason
from invoices
left join states on {{ folded_word("invoices.status") }} = states.state_label
