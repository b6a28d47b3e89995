"""New business on the scorecard: the month of the meeting, the last quarter that has ended, all the time."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages import render_scorecard
from tests.tables import create
from tests.unit.pages import page_tables, scorecard_tables
from tests.unit.pages.test_pages import words

ROWS = """
insert into marts.fct_kpis (kpi, kpi_period, period_date, axis, part, numerator, denominator, unknown_cases,
    value, value_low, value_high, is_few, has_ended) values
    ('win_rate', 'month', '2026-06-01', 'all', null, 1, 4, 2, 0.25, 0.046, 0.699, true, true),
    ('win_rate', 'month', '2026-07-01', 'all', null, 9, 9, 0, 1, 1, 1, true, false),
    ('win_rate', 'quarter', '2026-04-01', 'all', null, 30, 120, 0, 0.25, 0.18, 0.33, false, true),
    ('win_rate', 'quarter', '2026-01-01', 'all', null, 9, 9, 0, 1, 1, 1, true, true),
    ('win_rate', 'all', null, 'owner', 'o', 9, 9, 0, 1, 1, 1, true, false),
    ('average_deal', 'all', null, 'all', null, 81234.5, 10, 0, 8123.45, null, null, true, false),
    ('sales_cycle_p90_days', 'quarter', '2026-04-01', 'all', null, null, 40, 0, 36.96, 33.81, null, false, true),
    ('sales_cycle_median_days', 'all', null, 'all', null, null, 0, 3, null, null, null, true, false)
"""


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        page_tables.lay_out(connection)
        create(connection, *scorecard_tables.TABLES)
        yield connection


def test_figures_have_their_interval_and_their_cases(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(ROWS)
    text = words(render_scorecard(company))
    assert (
        "Win rate 25.0 % 4.6 % to 69.9 %, 4 deals, 2 not known, few 25.0 % 18.0 % to 33.0 %, 120 deals none "
        "Average deal, EUR none none 8,123 10 deals won, few"
    ) in text
    assert "nine in ten within none 37.0 d 33.8 d to –, 40 deals won none Below each" in text
    assert "median none" not in text, "without a case there is no line"


def test_without_deals_there_is_nothing_to_show(company: duckdb.DuckDBPyConnection) -> None:
    assert "no deal was won or lost" in words(render_scorecard(company))
