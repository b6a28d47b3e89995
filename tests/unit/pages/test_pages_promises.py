"""The promises by month: tiles, charts, owners and weeks are the figures of the tables."""

import re
from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.formats import owner_page
from orchestration.lib.pages import render_promises
from tests.unit.pages import scorecard_tables
from tests.unit.pages.page_tables import DERIVED, ROWS, lay_out
from tests.unit.pages.test_pages import Words, words


@pytest.fixture
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        lay_out(connection, with_rows=False)
        yield connection


@pytest.fixture
def company(empty: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    empty.execute(ROWS + DERIVED)
    return empty


@pytest.mark.parametrize(
    "figure",
    [
        "80.4 % missed 1,234 kept of 1,534 due; agreed 90.0 % 0 kept early, 2 open: ends between 80.3 % and 80.5 % "
        "11 excused",
        "62.5 % running 5 kept of 8 due; agreed 90.0 % 1 kept early, 3 open: those that have started end between "
        "50.0 % and 75.0 % 1 excused",
        "100.0 % met EUR 9,450 delivered of 9,000 target 9,000 of it count: what is over in one lead type pays for no "
        "other",
        "11.1 % running EUR 1,000 delivered of 9,000 target",
        "Ada 1,500 1,200 300 80.0 % 0 2 11",
        "Jun 2026 1,534 1,234 80.4 % missed 80.3 % to 80.5 % 0 2 11 30 min 3 d",
        "Jul 2026 8 5 62.5 % running 50.0 % to 75.0 % 1 3 1",
    ],
)
def test_the_page_shows_the_figures_of_the_tables(company: duckdb.DuckDBPyConnection, figure: str) -> None:
    assert figure in words(render_promises(company))


def test_each_week_has_what_runs_and_what_has_ended(company: duckdb.DuckDBPyConnection) -> None:
    assert "Promised per week" not in words(render_promises(company))
    for rows in scorecard_tables.ROWS.split(";"):
        if "insert into reports.rpt_team_compliance_week " in rows:
            company.execute(rows)
    text = words(render_promises(company)).replace("\u00a0", " ")
    # The weeks of 29 June and of 6 July may still turn; of what is decided no week runs.
    assert "Attempts 17 from 6 July 2026 on at least 30 25 from 29 June 2026 on at least 30 running" in text
    assert "Leads decided no week of it runs not in the data from 22 June 2026 on at least 9 not evaluated" in text


def test_an_owner_leads_to_the_page_of_the_owner(company: duckdb.DuckDBPyConnection) -> None:
    assert f'href="../people/{owner_page("crm:1")}"' in render_promises(company)


def test_the_page_is_self_contained_and_its_labels_are_escaped(company: duckdb.DuckDBPyConnection) -> None:
    html = render_promises(company)
    page = Words(html)
    assert not page.elements & {"img", "iframe"}
    assert html.count("<script") == html.count("<link") == 1
    assert not re.search(r"https?://|url\((?!#)|@import", html)
    assert "svg" in page.elements
    assert html.count("<svg") == html.count('role="img" aria-label=')
    assert html == render_promises(company)


def test_an_empty_company_gets_the_reason(empty: duckdb.DuckDBPyConnection) -> None:
    text = words(render_promises(empty))
    for team in ("sales", "marketing"):
        assert f"Nothing to show: the data holds no clock and no month of any promise by {team}" in text
    assert "no quarter with a lead, deal, cost or revenue has ended" in text
