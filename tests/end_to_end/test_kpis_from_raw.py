"""The key figures of the demo's last quarter, computed a second time from the rows as exported (from_raw.py)."""

import duckdb
import pytest

from tests.end_to_end.from_raw import same

pytestmark = pytest.mark.end_to_end

QUARTER = "axis = 'all' and kpi_period = 'quarter' and period_date = date '2026-07-01'"


def test_the_key_figures_of_the_last_quarter(raw: duckdb.DuckDBPyConnection) -> None:
    """Numerator, denominator and value of each."""
    rows = same(
        raw,
        """
        select kpi, numerator::double, denominator::double, coalesce(value, numerator / denominator)::double
        from raw_kpis order by kpi
        """,
        f"""
        select kpi, numerator::double, denominator::double, value from published.marts.fct_kpis
        where {QUARTER} and kpi in (select kpi from raw_kpis) order by kpi
        """,
    )
    assert len(rows) == 21
    found = {name: (numerator, denominator) for name, numerator, denominator, _ in rows}
    assert found["win_rate"] == (72, 292)
    assert found["cost_per_lead"][1] == 1118


def test_what_the_quarter_cannot_know_is_unknown(raw: duckdb.DuckDBPyConnection) -> None:
    """No year before is in the exports, and the leads of September have not had 90 days."""
    rows = raw.execute(f"select kpi, value from published.marts.fct_kpis where {QUARTER} and value is null").fetchall()
    assert sorted(rows) == [("lead_to_customer_rate_90d", None), ("revenue_growth_year", None)]


def test_sqls_with_budget_authority_need_and_timing(raw: duckdb.DuckDBPyConnection) -> None:
    """By the history of the four fields of Salesforce; nobody asks them in HubSpot."""
    (row,) = same(
        raw,
        "select sum(has_all)::double, count(has_all)::double, count(*) - count(has_all) from raw_bant",
        f"""
        select numerator::double, denominator::double, unknown_cases from published.marts.fct_kpis
        where {QUARTER} and kpi = 'bant_known_rate'
        """,
    )
    assert row == (14, 37, 1)
