"""The headers of billing systems and survey tools feed their columns, whatever other columns the file has."""

import pytest

from orchestration.lib.ingestion.header import match_labels
from orchestration.lib.source_tables import SourceTable
from tests.systems import TABLES as ALL_TABLES

TABLES = {table.raw_table: table for table in ALL_TABLES}

STRIPE_INVOICES = (
    "id,Amount Due,Amount Paid,Billing,Closed,Currency,Customer,Customer Email,Customer Name,Date (UTC),Due Date (UTC),"
    "Number,Paid,Subscription,Subtotal,Total Discount Amount,Applied Coupons,Tax,Tax Percent,Total,Status,"
    "Finalized At (UTC),Paid At (UTC),Period End (UTC)"
)
STRIPE_SUBSCRIPTIONS = (
    "id,Customer ID,Customer Description,Customer Email,Customer Name,Plan,Product,Quantity,Currency,Interval,Amount,"
    "Status,Created (UTC),Start (UTC),Current Period Start (UTC),Current Period End (UTC),Trial Start (UTC),"
    "Trial End (UTC),Application Fee Percent,Coupon,Tax Percent,Canceled At (UTC),Ended At (UTC),Cancellation Reason"
)
CHARGEBEE_INVOICES = (
    "Invoice Number,Customer ID,Customer Name,Customer Email,Plan Name,Total,Tax Amount,Status,Invoice Date,Due Date"
)
EXPORTS = {
    "stripe invoices": (
        "billing__invoices",
        STRIPE_INVOICES,
        {"invoice_id", "invoice_number", "customer_id", "invoiced_at_utc", "status", "total", "tax", "currency"},
    ),
    "chargebee invoices": (
        "billing__invoices",
        CHARGEBEE_INVOICES,
        {"invoice_id", "customer_id", "invoiced_at", "status", "total", "tax"},
    ),
    "stripe subscriptions": (
        "billing__subscriptions",
        STRIPE_SUBSCRIPTIONS,
        {"amount", "billing_interval", "started_at_utc", "created_at_utc", "trial_end_at_utc", "ended_at_utc"},
    ),
    "subscriptions with the start under its newer label": (
        "billing__subscriptions",
        STRIPE_SUBSCRIPTIONS.replace("Start (UTC),Cur", "Start Date (UTC),Cur"),
        {"started_at_utc"},
    ),
    "stripe customers": (
        "billing__customers",
        "id,Description,Email,Name,Created (UTC),Delinquent,Card ID,Currency",
        {"customer_id", "email", "customer_name"},
    ),
    "survey answers": (
        "surveys__responses",
        "Response ID,Survey Type,Person ID,Person Email,Score,Comment,Submitted At (UTC)",
        {"response_id", "survey_type", "respondent_id", "email", "score", "comment", "answered_at_utc"},
    ),
}


@pytest.mark.parametrize(("name", "header", "columns"), EXPORTS.values(), ids=EXPORTS)
def test_the_columns_of_an_export_are_found(name: str, header: str, columns: set[str]) -> None:
    assert columns <= set(match_labels(header.split(","), TABLES[name], "line 1").places)


@pytest.mark.parametrize(
    "table", [TABLES["surveys__responses"], TABLES["billing__churn_events"]], ids=lambda table: table.name
)
def test_texts_of_customers_are_personal(table: SourceTable) -> None:
    assert {column.name for column in table.columns if column.personal} >= {"comment"}
