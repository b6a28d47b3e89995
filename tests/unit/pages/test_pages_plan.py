"""The page of the plan: the derivation of a target, the deals that leads are for, and what sales can serve."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages import render_plan
from tests.tables import create, fill
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import words

TYPE = {"agreement_version": "2026-01", "revenue_stream": "retail", "lead_type": "event"}
VERSION = TYPE | {"effective_from": "2026-01-01", "is_signed": False, "quota_amount": 500000, "quota_period": "year"}
CHAIN = [
    VERSION
    | {"deal_size": 2000, "quota_share": 0.1, "division_number": number, "stage": stage, "arithmetic": arithmetic}
    | {"needed": needed, "base_needed": base, "owed": owed, "agreed_rate": rate, "base_rate": base_rate}
    | {"basis": basis, "owed_by": team, "lead_value": value}
    for number, stage, arithmetic, needed, base, owed, rate, base_rate, basis, team, value in (
        (1, "customer", "500,000 / 2,000 = 250", 250, 250, 25, None, None, None, None, None),
        (2, "mql", "250 / 0.25 = 1,000", 1000, 1250, 100, 0.25, 0.2, "measured", "sales", 500),
    )
]
DEMAND = [
    TYPE
    | {"month_date": "2026-07-01", "basis": "agreed", "quota_month_date": month, "leads": leads, "deals_amount": deals}
    for month, leads, deals in (("2026-07-01", 2.25, 900), ("2026-08-01", None, None))
]
CAPACITY = [
    {"agreement_version": "2026-01", "revenue_stream": "retail", "month_date": month, "target_leads": 31.5}
    | {"due_leads": due, "delivered_leads": came, "capacity_leads": 30, "expected_leads": expected}
    | {"utilisation_rate": expected / 30, "is_over_capacity": expected > 30, "months_over": 2}
    | {"is_constant_over_delivery": month == "2026-06-01"}
    for month, due, came, expected in (
        ("2026-03-01", 1, 1, 1),
        ("2026-06-01", 32, 33, 33),
        ("2026-07-01", 32, 8, 32),
        ("2026-08-01", 24.26, 0, 24.26),
    )
]
BAND = {"load_band": "light", "months": 31, "owners": 8, "month_leads": 33.8, "attainment_rate": 0.718}


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        lay_out(connection)
        create(connection, "marts.fct_lead_plan", "marts.fct_lead_demand")
        create(connection, "reports.rpt_target_derivation", "reports.rpt_sales_capacity", "reports.rpt_rep_capacity")
        yield connection


@pytest.mark.parametrize(
    "sentence",
    [
        "Retail Event 2 200 391 12 1,000 3,130 under 9,000",
        "Version 2026-01 from 1 January 2026, draft",
        "Retail, event EUR 500,000 a year, 10.0 % of it by this lead type; a deal is 2,000; a lead is worth 500.00",
        "Customer 500,000 / 2,000 = 250 250 25 – – the same",
        "MQL 250 / 0.25 = 1,000 1,000 100 25.0 % measured, and sales improves it from 20.0 % 1,250",
        "Retail Event agreed 2.2 900 no quota",
        "June 2026 31.5 32.0 33 33.0 30 110.0 % over",
        "July 2026 until day 10 31.5 32.0 8 32.0 30 106.7 % over",
        "August 2026 31.5 24.3 – 24.3 30 80.9 % within",
        "Constant over-delivery of retail in June 2026.",
        "Unknown: 80 months of reps are too few.",
        "light 31 8 33.8 71.8 %",
    ],
)
def test_the_page_shows_the_figures_of_the_tables(company: duckdb.DuckDBPyConnection, sentence: str) -> None:
    # One that has ended is on its own page.
    ended = CHAIN[0] | {"agreement_version": "2025-01", "effective_to": "2025-12-31", "arithmetic": "of an ended one"}
    fill(company, "reports.rpt_target_derivation", [*CHAIN, ended])
    fill(company, "marts.fct_lead_demand", [*DEMAND, DEMAND[0] | {"month_date": "2026-06-01", "leads": 77}])
    fill(company, "reports.rpt_sales_capacity", CAPACITY)
    fill(company, "reports.rpt_rep_capacity", [BAND | {"all_months": 80, "result": "unknown: too few months"}])
    text = words(render_plan(company))
    assert sentence in text
    assert "of an ended one" not in text
    assert "March 2026" not in text


def test_a_company_without_a_quota_gets_the_reason(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("delete from marts.fct_lead_delivery_daily")
    text = words(render_plan(company))
    for why in (
        "no lead value was promised for yesterday",
        "no version of the agreement has a quota",
        "no lead is due in this month",
        "no version of the agreement in force, or to come, has a quota",
        "no quota is agreed for these months",
        "no rep has three final months",
    ):
        assert f"Nothing to show: {why}" in text
