"""Leads in dispute on both pages: the figures of the month, and nothing where there are none."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages import render_today
from tests.tables import create
from tests.unit.pages import page_tables, scorecard_tables
from tests.unit.pages.scorecard_tables import scorecard_of_june
from tests.unit.pages.test_pages import words

ROWS = """
insert into reports.rpt_disputes (month_date, opened_disputes, given_back_disputes, kept_disputes, open_disputes,
    oldest_open_date, given_back_amount, open_amount) values
    ('2026-06-01', 4, 2, 1, 1234, '2026-05-07', 567.4, 8901.2),
    ('2026-07-01', 0, 0, 0, 1, '2026-06-08', 0, 77)
"""


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    """As of 10 July 2026, so that the scorecard is of June."""
    with duckdb.connect() as connection:
        page_tables.lay_out(connection, with_rows=False)
        create(connection, *scorecard_tables.TABLES)
        yield connection


def test_a_month_without_disputes_has_no_section(company: duckdb.DuckDBPyConnection) -> None:
    assert "dispute" not in words(scorecard_of_june(company))
    assert "dispute about" not in words(render_today(company))


def test_the_scorecard_has_those_of_its_month(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(ROWS)
    text = words(scorecard_of_june(company))
    assert "Opened Given back Kept Open 4 2 EUR 567 taken off what was delivered 1 1,234 EUR 8,901 at stake" in text
    assert "the oldest since 7 May 2026" in text
    company.execute("update reports.rpt_disputes set open_disputes = 0")
    assert "at stake" not in words(scorecard_of_june(company))


def test_the_board_has_those_that_are_open(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(ROWS)
    text = words(render_today(company))
    assert "1 dispute about a lead is open, with EUR 77 at stake, the oldest since 8 June 2026." in text
    company.execute("update reports.rpt_disputes set open_disputes = 3")
    assert "3 disputes about leads are open" in words(render_today(company))
    company.execute("update reports.rpt_disputes set open_disputes = 0")
    assert "at stake" not in words(render_today(company))
