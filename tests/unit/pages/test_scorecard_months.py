"""The scorecards of earlier months, and the list of all: what is of now alone is on the last page and on no other."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from orchestration.lib.pages import render_scorecards
from orchestration.lib.pages.scorecard import neighbour
from tests.tables import create
from tests.unit.pages import page_tables, scorecard_tables
from tests.unit.pages.test_pages import words

MAY, JUNE, LIST = "scorecard/2026-05.html", "scorecard/2026-06.html", "scorecard/index.html"


@pytest.fixture
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        page_tables.lay_out(connection, with_rows=False)
        create(connection, *scorecard_tables.TABLES)
        yield connection


@pytest.fixture
def company(empty: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for rows in page_tables.ROWS.split(";"):
        if any(f"insert into reports.{table} " in rows for table in ("rpt_team_compliance", "rpt_untouched_splits")):
            empty.execute(rows)
    empty.execute(scorecard_tables.ROWS + scorecard_tables.DERIVED + page_tables.DERIVED)
    return empty


def read(pages: dict[str, str], place: str) -> str:
    return words(pages[place]).replace("\u00a0", " ")


def test_each_ended_month_with_figures_has_a_page(company: duckdb.DuckDBPyConnection) -> None:
    assert list(render_scorecards(company)) == [LIST, MAY, JUNE]


def test_a_month_shows_its_own_figures_and_none_of_a_later_one(company: duckdb.DuckDBPyConnection) -> None:
    text = read(render_scorecards(company), MAY)
    assert "Monthly scorecard, May 2026" in text
    # Of June it had 1,234 of 1,534, and a trend of two periods.
    assert "May 2026, 75 kept of 100 due" in text
    assert "First contact: the last 1 periods and what was promised" in text
    for later in ("1,534", "Win rate 2026 Q2", "week of", "Good examples First contact after 30 min"):
        assert later not in text
    # The quarter that ended before it is the last it knows.
    assert "Win rate 2026 Q1, Win rate, 40 cases 20.0 % promised at least 25.0 % missed" in text
    assert "Retail 7 1,000 0.7 %" in text
    assert "Disqualified 9 8 7" in text


def test_what_is_of_now_is_on_the_last_page_only(company: duckdb.DuckDBPyConnection) -> None:
    pages = render_scorecards(company)
    may, june = read(pages, MAY), read(pages, JUNE)
    for heading in (
        "Delivered and never touched",
        "Key figures of both teams",
        "What this quarter will bring",
        "What late answers cost",
        "The bottleneck",
        "Why not",
        "From cost to customers, by month",
        "Recycled leads that wait",
        "Which content is used",
    ):
        assert heading in june
        assert heading not in may
    assert "An earlier month." in may
    assert "scorecard of June 2026" in may
    assert 'href="../scorecard/2026-06.html"' in pages[MAY]


def test_a_closed_month_shows_what_came_later(company: duckdb.DuckDBPyConnection) -> None:
    pages = render_scorecards(company)
    may = read(pages, MAY)
    assert "May 2026 is closed and settled: all its figures are kept" in may
    assert "Sales First contact status changed +12 −11 −1 –" in may
    assert "Marketing Lead value value changed no change no change no change +1,234" in may
    assert "restated since" in may
    june = read(pages, JUNE)
    assert "nothing that came later would change this month" in june
    assert "status changed" not in june


def test_the_list_counts_what_each_team_came_to(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("update marts.fct_closings set commitments = 500 where month_date = '2026-06-01'")
    company.execute("insert into marts.fct_review_lines (review_period, line) values ('2026-05', 'a')")
    pages = render_scorecards(company)
    text = read(pages, LIST)
    # Sales has a clock missed and a cadence running, marketing lead value met and a measure without a case.
    assert (
        "June 2026 0 1 1 0 1 0 0 1 closed 114 of 500 commitments not settled no – "
        "May 2026 0 1 0 0 0 0 0 0 closed and settled 2 lines minutes"
    ) in text
    assert "May 2026 Sales First contact status changed +12 −11 −1 –" in text
    assert "May 2026 Marketing Lead value value changed no change no change no change +1,234" in text
    assert 'href="../minutes/2026-05.html"' in pages[LIST]
    assert pages[LIST].index("2026-06.html") < pages[LIST].index("2026-05.html")


def test_withheld_is_counted_as_not_evaluated_and_over_as_met(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(
        "update reports.rpt_team_compliance set status = if(commitment = 'lead_value', 'over', 'withheld') "
        "where period_date = '2026-06-01' and commitment in ('lead_value', 'first_contact')"
    )
    text = read(render_scorecards(company), LIST)
    assert "June 2026 0 0 1 1 1 of them withheld 1 1 of them over 0 0 1 closed" in text


def test_no_more_than_36_months_have_a_page(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(
        "insert into reports.rpt_team_compliance by name select promises.* replace "
        "(cast(period_date - to_months(1 + cast(range as int)) as date) as period_date) "
        "from reports.rpt_team_compliance as promises, range(40) where period_date = date '2026-05-01'"
    )
    pages = render_scorecards(company)
    assert len(pages) == 37
    assert "scorecard/2023-07.html" in pages
    assert "scorecard/2023-06.html" not in pages
    assert pages == render_scorecards(company)


def test_an_empty_company_has_the_page_of_its_next_meeting(empty: duckdb.DuckDBPyConnection) -> None:
    pages = render_scorecards(empty)
    assert list(pages) == [LIST, JUNE]
    assert "June 2026 0 0 0 0 0 0 0 0 not yet no –" in read(pages, LIST)


def test_a_month_leads_to_its_neighbours() -> None:
    months = [date(2026, 4, 1), date(2026, 6, 1)]
    assert [neighbour(months, place) for place in (-1, 0, 1, 2)] == [
        None,
        ("April 2026", "scorecard/2026-04.html"),
        ("June 2026", "scorecard/2026-06.html"),
        None,
    ]
