"""Edge cases of money: renewals, forecasts, losses, currencies, invoices, subscriptions, answers of customers."""

from seeds.generator.hard_cases.cells import Rows, contact, deal, merged


def rows() -> Rows:
    """The rows by the path of their file."""
    return merged(_deals(), _billing(), _surveys(), _ads())


def _deals() -> Rows:
    """A late renewal, an overdue forecast, a loss worth nothing, francs at the rate of the month of the close."""
    return merged(
        contact(60, "money", "2025-10-06 09:00", {"mql": "2025-10-06 10:00"}),
        deal(10, "990060", "2025-10-20 10:00", "2025-10-31 10:00"),
        deal(11, "990060", "2026-09-14 10:00", "2026-09-30 10:00", Deal_Type="existingbusiness"),
        deal(12, "990060", "2026-03-02 10:00", Close_Date="2026-05-01 10:00"),
        deal(
            13, "990060", "2026-03-03 10:00", "2026-04-01 10:00", is_won=False, Amount="0", Closed_Lost_Reason="Price"
        ),
        deal(14, "990060", "2026-03-04 10:00", "2026-05-15 10:00", Currency="CHF"),
    )


def _billing() -> Rows:
    """Invoices that are none, and one customer of each kind of end: left, leaving, tried, paying by the year."""
    customers = [
        {"id": f"cus_hardcase_{case}", "Company": f"Hard Case {case}", "Website": f"hardcase-{case}.example.com"}
        for case in ("invoices", "churn", "leaving", "trial", "year")
    ]
    plan = {"Plan": "Care Plus", "Quantity": "1", "Amount": "89.00", "Currency": "eur", "Interval": "month"}
    plan |= {"Start (UTC)": "2026-02-02 09:00:00"}
    subscriptions = [
        plan | {"id": "sub_hardcase_churn", "Customer ID": "cus_hardcase_churn", "Status": "canceled"}
        | {"Canceled At (UTC)": "2026-05-02 09:00:00", "Ended At (UTC)": "2026-05-31 09:00:00"}
        | {"Cancellation Reason": "too_expensive"},
        plan | {"id": "sub_hardcase_leaving", "Customer ID": "cus_hardcase_leaving", "Status": "active"}
        | {"Canceled At (UTC)": "2026-10-01 09:00:00"},
        plan | {"id": "sub_hardcase_trial", "Customer ID": "cus_hardcase_trial", "Status": "canceled"}
        | {"Trial End (UTC)": "2026-02-16 09:00:00", "Ended At (UTC)": "2026-02-15 09:00:00"},
        plan | {"id": "sub_hardcase_year", "Customer ID": "cus_hardcase_year", "Status": "active"}
        | {"Amount": "4788.00", "Interval": "year"},
    ]  # fmt: skip
    invoice = {"Customer ID": "cus_hardcase_invoices", "Date (UTC)": "2026-03-02 09:00:00", "Currency": "eur"}
    invoice |= {"Total": "122.00", "Tax": "22.00"}
    return {
        "billing/customers.csv": customers,
        "billing/subscriptions.csv": subscriptions,
        "billing/invoices.csv": [
            invoice | {"id": f"in_hardcase_{status}", "Status": status} for status in ("draft", "void", "paid")
        ],
        "billing/churn_events.csv": [
            {"id": "churn_hardcase", "Customer ID": "cus_hardcase_churn", "Subscription ID": "sub_hardcase_churn"}
            | {"Date (UTC)": "2026-05-03 09:00:00", "Reason": "switched_service", "Comment": "=1+1"}
        ],
    }


def _surveys() -> Rows:
    """A score that the scale does not have, and one of an unknown person."""
    answer = {"Submitted At (UTC)": "2026-04-08 09:00:00", "Email": "hardcase.money@example.org"}
    return {
        "surveys/nps.csv": [
            answer | {"Response ID": "nps-hardcase-11", "NPS Score": "11"},
            answer | {"Response ID": "nps-hardcase-stranger", "NPS Score": "9", "Email": "stranger@example.net"},
        ]
    }


def _ads() -> Rows:
    """Two rows that are alike in every cell: two devices of a report that does not name them, and both were paid."""
    twin = {"TimePeriod": "2026-02-02", "AccountName": "Lumen Office", "CampaignId": "370000099"}
    twin |= {"CampaignName": "Hard case: two devices", "CampaignType": "Search & content", "CurrencyCode": "EUR"}
    twin |= {"Spend": "10.00", "Impressions": "100", "Clicks": "5", "Conversions": "0"}
    return {"microsoft_ads/Campaign_Performance_Report.csv": [twin, dict(twin)]}
