"""What the page of customers shows of recurring revenue and of cohorts."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.language import speaking
from orchestration.lib.pages import render_customers
from tests.tables import create, fill
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import words

KNOWN = {"is_complete": True, "is_known_month": True}
MONTHS = [
    {
        "month_date": "2026-08-01",
        "closing_date": "2026-08-31",
        **KNOWN,
        "subscriptions": 5,
        "opening_accounts": 4,
        "new_accounts": 2,
        "reactivated_accounts": 1,
        "churned_accounts": 1,
        "closing_accounts": 6,
        "opening_amount": 1000,
        "new_amount": 200,
        "reactivated_amount": 50,
        "expansion_amount": 30,
        "contraction_amount": 20,
        "churned_amount": 100,
        "closing_amount": 1160,
        "gross_retention_rate": 0.88,
        "net_retention_rate": 0.91,
    },
]
RUNNING = MONTHS[0] | {"month_date": "2026-09-01", "closing_date": "2026-09-18", "is_complete": False}
UNKNOWN = RUNNING | {"month_date": "2026-10-01", "is_known_month": False, "net_retention_rate": None}
COHORT = {"cohort_month_date": "2026-07-01", "cohort_accounts": 4, "start_amount": 400, **KNOWN}
RATES = ("logo_retention_rate", "net_retention_rate")
AGES = [
    ("2026-07-01", 4, 400, 1.0, 1.0, {}),
    ("2026-08-01", 3, 500, 0.75, 1.25, {}),
    ("2026-09-01", 2, 90, 0.5, 0.225, {"is_complete": False}),
    ("2026-10-01", 2, 90, None, None, {"is_complete": False, "is_known_month": False}),
]
COHORTS = [
    COHORT
    | {"months_since_start": age, "month_date": month, "paying_accounts": accounts, "closing_amount": amount}
    | dict(zip(RATES, rates, strict=True))
    | other
    for age, (month, accounts, amount, *rates, other) in enumerate(AGES)
]


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        lay_out(connection)
        reports = ("rpt_recurring_revenue", "rpt_retention_cohorts", "rpt_customers_at_risk", "rpt_feedback")
        create(connection, "marts.fct_customer_value", "marts.fct_revenue", *(f"reports.{name}" for name in reports))
        yield connection


def test_without_subscriptions_the_page_says_so(company: duckdb.DuckDBPyConnection) -> None:
    text = words(render_customers(company))
    assert "Nothing to show: no file has subscriptions that are paid for." in text
    assert "Who stays" not in text


@pytest.mark.parametrize(
    "sentence",
    [
        # What moved a month, with the accounts; the rates of a month that runs are not known.
        "August 2026 1,000 4 accounts 200 2 accounts 50 1 account 30 20 100 1 account 1,160 6 accounts 88.0 % 91.0 %",
        "September 2026 until 18 September 2026 1,000 4 accounts 200 2 accounts 50 1 account 30 20 100 1 account 1,160 "
        "6 accounts so far so far",
        "July 2026 4 75.0 % 3 so far 2",
        "July 2026 400 125.0 % 500 so far 90 not known 90",
        "October 2026" + " not known" * 9,
    ],
)
def test_the_page_shows_what_moved_and_who_stays(company: duckdb.DuckDBPyConnection, sentence: str) -> None:
    fill(company, "reports.rpt_recurring_revenue", [*MONTHS, RUNNING, UNKNOWN])
    fill(company, "reports.rpt_retention_cohorts", COHORTS)
    assert sentence in words(render_customers(company))


def test_every_reason_to_leave_has_its_date_and_figure(company: duckdb.DuckDBPyConnection) -> None:
    fill(company, "reports.rpt_recurring_revenue", MONTHS)
    assert "the files show no reason for any account that pays now." in words(render_customers(company))
    shared = {"account_id": "a", "account_name": "Acme", "recurring_amount": 70, "reason_date": "2026-06-01"}
    rows = [
        {"reason": "unanswered_ticket", "figure": 49.5},
        {"reason": "detractor", "figure": 0},
        {"reason": "contraction", "figure": 30},
        {"reason": "reason_to_leave", "reason_given": "Price"},
        {"account_id": "b", "account_name": None, "recurring_amount": 8, "reason": "no_contact"}
        | {"reason_date": None, "figure": 179},
        {"reason": "late_invoice", "figure": 30, "late_amount": 1234.4},
        {"account_id": "c", "account_name": "Cee", "reason": "late_invoice", "figure": 1},
    ]
    fill(company, "reports.rpt_customers_at_risk", [shared | row for row in rows])
    text = words(render_customers(company))
    for sentence in (
        "3 of the 6 accounts that pay now have a reason; they pay 148 of 1,160",
        "ticket without an answer 1 June 2026 waits 2",
        "last NPS answer 1 June 2026 0 of 10",
        "pays less than before 1 June 2026 30",
        "gave a reason for leaving 1 June 2026 Price",
        "b 8 no contact none in the data 179 days",
        "Acme 70 invoice not paid in time 1 June 2026 30 days late, 1,234 EUR",
        "Cee 70 invoice not paid in time 1 June 2026 1 day late, amount not known",
        "Whether an invoice is late is not known: no file has due dates.",
    ):
        assert sentence in text, sentence


def test_what_is_not_shown_is_counted(company: duckdb.DuckDBPyConnection) -> None:
    months = [MONTHS[0] | {"month_date": f"20{year}-{month:02}-01"} for year in (24, 25, 26) for month in range(1, 11)]
    fill(company, "reports.rpt_recurring_revenue", months)
    assert "6 earlier months are in the table." in words(render_customers(company))


VALUE = {
    "axis": "all",
    "valued_customers": 40,
    "customers_without_margin": 2,
    "measured_months": 8,
    "counted_customers": 12,
    "is_few": True,
    "invoiced_amount": 777,
}
KNOWN = {"horizon_months": 6, "value": 250, "value_low": 200, "value_high": 300}
COSTS = [
    {"kpi": kpi, "value": value, "cases": 50, "kpi_period": "all", "axis": "all"}
    for kpi, value in {"customer_acquisition_cost": 100, "clv_to_cac": 2.5, "cac_payback_months": 2.4}.items()
]
VALUES = [
    VALUE | KNOWN | {"customer_kind": "all"},
    VALUE | {"customer_kind": "all", "horizon_months": 12},
    VALUE | KNOWN | {"customer_kind": "subscription"},
]


@pytest.mark.parametrize(
    "sentence",
    [
        "all streams, all customers 40; 2 more without an agreed margin 250 200 to 300, 12 so old, few not "
        "known observed for 8 months",
        "A new customer costs 100 EUR, by 50 that were won in months with costs, and brings 2.50 times as much within "
        "the longest time that is measured; it costs the margin of 2.40 months.",
        "Subscribers also have revenue lines of 777 EUR",
    ],
)
def test_the_page_shows_what_a_customer_is_worth(company: duckdb.DuckDBPyConnection, sentence: str) -> None:
    fill(company, "marts.fct_customer_value", VALUES)
    fill(company, "marts.fct_kpis", COSTS)
    text = words(render_customers(company))
    assert sentence in text
    assert "subscribers 40" not in text


def test_of_two_kinds_of_customers_all_are_shown_too(company: duckdb.DuckDBPyConnection) -> None:
    kinds = [VALUE | KNOWN | {"customer_kind": kind, "value": 30} for kind in ("subscription", "one_off", "all")]
    fill(
        company,
        "marts.fct_customer_value",
        [*kinds, kinds[2] | {"valued_customers": 0, "axis_value": "x"}],
    )
    text = words(render_customers(company))
    assert "all streams, all customers 40; 2 more" in text
    assert "30 200 to 300, 12 so old, few" in text
    assert "What a customer costs is not known." in text


ANSWERS = {"period": "quarter", "period_from": "2026-04-01", "reason_label": "(all)", "feedback_type": "nps"}
ANSWERS |= {
    "answers": 12,
    "promoters": 6,
    "passives": 5,
    "detractors": 1,
    "nps": 41.6,
    "surveys_sent": 241,
    "surveys_counted": 240,
    "surveys_answered": 12,
}
ANSWERS |= {"surveys_waiting": 0, "surveys_unknown": 1}
SHARE = {"response_rate": 0.05, "response_rate_low": 0.029, "response_rate_high": 0.085}
WAITING = {"period_from": "2026-07-01", "answers": 3, "nps": 0, "surveys_counted": 9, "surveys_answered": 2}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (ANSWERS | SHARE, "NPS 41.6 12 few 6 5 1 241 1 unknown 5.0 % 12 of 240, 2.9 % to 8.5 %"),
        (
            ANSWERS | WAITING | {"surveys_waiting": 4},
            "NPS 0.0 3 few 6 5 1 241 1 unknown so far 2 of 9, 4 still have time",
        ),
        (ANSWERS | {"answers": 0, "nps": None, "surveys_counted": 0}, "NPS – 0 – – – 241 1 unknown not known"),
        (ANSWERS | {"surveys_sent": 0}, "How many were asked is not known: no file has the surveys that were sent."),
        (ANSWERS | {"feedback_type": "csat", "mean_score": 4.256}, "CSAT 4.26 12 few – – – 241"),
    ],
)
def test_a_score_is_beside_how_many_answered(company: duckdb.DuckDBPyConnection, row: dict, sentence: str) -> None:
    fill(company, "reports.rpt_feedback", [row, row | {"reason_label": "price"}, row | {"period": "month"}])
    assert sentence in words(render_customers(company))


def test_the_page_says_of_how_many_invoices_it_knows_whether_they_are_late(company: duckdb.DuckDBPyConnection) -> None:
    fill(company, "reports.rpt_recurring_revenue", MONTHS)
    invoice = {"due_date": "2026-06-01", "is_paid": True}
    fill(company, "marts.fct_revenue", [invoice])
    text = words(render_customers(company))
    assert "An invoice is late for its state in the newest export" in text
    assert "no due date" not in text
    fill(
        company,
        "marts.fct_revenue",
        [invoice | {"is_paid": None}, *[invoice | {"due_date": None, "is_paid": False}] * 2],
    )
    text = words(render_customers(company))
    assert "Of 1 line with a due date the state does not show whether it is paid." in text
    assert "2 unpaid lines have no due date, and are not late here." in text


def test_reasons_are_counted_by_quarter_the_most_first(company: duckdb.DuckDBPyConnection) -> None:
    assert "no file has reasons of customers" in words(render_customers(company))
    given = {"period": "quarter", "feedback_type": "churn", "accounts": 1}
    rows = [
        ("2026-04-01", "(all)", 4),
        ("2026-04-01", "too_expensive", 3),
        ("2026-04-01", "(none)", 1),
        ("2026-01-01", "(all)", 2),
        ("2026-01-01", "(none)", 2),
        ("2026-01-01", "too_expensive", 1),
    ]
    filled = [given | {"period_from": day, "reason_label": reason, "answers": number} for day, reason, number in rows]
    fill(company, "reports.rpt_feedback", [*filled, filled[1] | {"period": "month"}])
    text = words(render_customers(company))
    assert "Why they leave answers by quarter; the reason given most often first Reason All 2026 Q2 2026 Q1" in text
    with speaking("it"):
        assert "Troppo caro 4 3 1" in words(render_customers(company))
    assert "Too expensive 4 3 1 no reason given 3 1 2 All reasons 7 4 2" in text
