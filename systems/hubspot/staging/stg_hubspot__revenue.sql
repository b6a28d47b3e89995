with
    invoices as ({{ current_rows("hubspot", "invoices") }}),

    states as ({{ billing_states("hubspot", "invoice") }})

select
    invoices.record_id as revenue_record_id,
    coalesce(invoices.invoice_number, invoices.record_id) as revenue_document_id,
    {{ first_listed("invoices.associated_company_ids") }} as account_record_id,
    {{ first_listed("invoices.associated_deal_ids") }} as opportunity_record_id,
    {{ start_of_date("invoices.invoice_date") }} as revenue_at,
    {{ start_of_date("invoices.due_date") }} as due_at,
    states.is_paid,
    -- Without tax: what is billed less the tax, or the subtotal unless a discount made the bill smaller.
    coalesce(
        invoices.amount_billed - invoices.total_tax,
        case when abs(invoices.subtotal) < abs(invoices.amount_billed) then invoices.subtotal end,
        invoices.amount_billed
    ) as amount,
    {{ export_currency("invoices.currency", "hubspot") }} as currency_code,
    invoices.invoice_status as state_label,
    {{ not_money("invoices.invoice_status") }} as exclusion_reason
from invoices
left join states on {{ folded_word("invoices.invoice_status") }} = states.state_label
