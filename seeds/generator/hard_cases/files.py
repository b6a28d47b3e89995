"""Edge cases of files: cells that programs misread, and files in other formats."""

from seeds.generator.hard_cases.cells import NONE, Rows, call, company, contact, merged, record_id
from seeds.generator.sheets import Sheet

_FOOTER = """\
"Grand Totals (2 records)"
"Open opportunities"
"Confidential Information - Do Not Distribute"
"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."
"""


def rows() -> Rows:
    """The rows by the path of their file."""
    latin = {"Id": record_id("001", 9900070), "IsDeleted": "0", "MasterRecordId": NONE, "Name": "Caffè Perù Società"}
    return merged(
        company(70, '=HYPERLINK("https://hardcase.example.com","Click")', "hardcase-formula.example.com"),
        company(71, "+39 Studio", "hardcase-plus.example.com"),
        company(72, "Two\nLines Srl", "hardcase-newline.example.com"),
        call(70, 30, "the day before yesterday"),
        contact(81, "exported.again", "2026-02-20 09:00", **{"Country/Region": "Germany"}),
        {"salesforce/Account.csv": [latin | {"Website": "hardcase-latin.example.com", "Industry": "Retail"}]},
    )


def sheets() -> dict[str, Sheet]:
    """Files of their own by their path in the exports folder."""
    return {
        "hubspot/contacts_internal_names.csv": _internal_names(),
        "hubspot/contacts 2026-10-10.csv": _again(),
        "salesforce/Report open opportunities.csv": _report(),
        "billing/invoices from accounting.csv": _accounting(),
        "surveys/nps before 2026.csv": _many_shapes(),
        "surveys/csat before 2026.csv": _day_first(),
    }


def _internal_names() -> Sheet:
    """An export by internal names: API values, UTC with a Z, the number of a stage that the portal made itself."""
    row = {"hs_object_id": "990080", "email": "hardcase.internal.names@example.org", "lifecyclestage": "2497213626"}
    row |= {"createdate": "2026-02-19T08:00:00Z", "hs_analytics_source": "AI_REFERRALS"}
    row |= {"business_unit": "Small Business", "hs_v2_date_entered_lead": "2026-02-19T08:00:00Z"}
    row |= {"hs_v2_date_entered_marketingqualifiedlead": "2026-02-19T09:00:00Z"}
    row |= {"hs_v2_date_entered_2497213626": "2026-02-20T09:00:00Z"}
    return Sheet(list(row), [row])


def _again() -> Sheet:
    """A later export of a contact that an earlier one had, with its country corrected."""
    row = {"Record ID": "990081", "Email": "hardcase.exported.again@example.org", "Create Date": "2026-02-20 09:00"}
    row |= {"Business unit": "Small Business", "Original Traffic Source": "Direct Traffic"}
    return Sheet([*row, "Country/Region"], [row | {"Country/Region": "Austria"}])


def _report() -> Sheet:
    """A report's export: labels, fifteen characters, money with its currency in K, lines below the table."""
    row = {"Opportunity Owner": "Isotta Valmori", "Account Name": "Hard Case Report", "Stage": "Qualification"}
    row |= {
        "Type": "New Customer",
        "Business Unit": "Enterprise",
        "Created Date": "3/25/2026",
        "Close Date": "12/1/2026",
    }
    return Sheet(
        ["Opportunity ID", "Opportunity Name", *row, "Amount", "Amount Currency"],
        [
            row | {"Opportunity ID": record_id("006", 9900071)[:15], "Opportunity Name": "Report one"}
            | {"Amount": "$24.5K", "Amount Currency": "USD"},
            row | {"Opportunity ID": record_id("006", 9900013)[:15], "Opportunity Name": "Known already"}
            | {"Amount": "$1,117.10", "Amount Currency": "USD"},
        ],
        encoding="iso-8859-1",
        quotes_all=True,
        below=_FOOTER,
    )  # fmt: skip


def _accounting() -> Sheet:
    """The bookkeeper's format: semicolons, decimal commas, days with points, what is negative in brackets."""
    header = ["Invoice ID", "Customer ID", "Invoice Date", "Status", "Total", "Tax", "Currency"]
    cells = [
        ("acc-hardcase-1", "15.03.2026", "€ 1.220,00", "€ 220,00"),
        ("acc-hardcase-2", "31.03.2026", "(€ 122,00)", "(€ 22,00)"),
    ]
    rows = [
        {"Invoice ID": number, "Customer ID": "cus_hardcase_invoices", "Invoice Date": day, "Total": total, "Tax": tax}
        | {"Status": "paid", "Currency": "EUR"}
        for number, day, total, tax in cells
    ]
    return Sheet(header, rows, delimiter=";")


def _many_shapes() -> Sheet:
    """One column with five shapes of a time, all of 9:00 in UTC."""
    shapes = [
        "2025-11-03 09:00",
        "4 Nov 2025 09:00",
        "Nov 5, 2025 9:00 AM",
        "2025/11/06 9:00",
        "7 November 2025 09:00:00",
    ]
    rows = [
        {"Response ID": f"nps-hardcase-shape-{number}", "NPS Score": "10", "Submitted At (UTC)": shape}
        for number, shape in enumerate(shapes, start=1)
    ]
    return Sheet(["Response ID", "Email", "NPS Score", "Submitted At (UTC)"], rows)


def _day_first() -> Sheet:
    """The 3rd of April or the 4th of March: another cell of the column determines which."""
    rows = [
        {"Response ID": f"csat-hardcase-day-{number}", "CSAT Score": "5", "Answered At": day}
        for number, day in enumerate(["03/04/2026 09:00", "25/04/2026 09:00"], start=1)
    ]
    return Sheet(["Response ID", "Email", "CSAT Score", "Answered At"], rows)
