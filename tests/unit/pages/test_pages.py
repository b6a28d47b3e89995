"""The pages: figures equal the tables, labels are escaped, an empty company gets the reason, nothing varies."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.pages import render_review, render_today, write_page
from orchestration.lib.periods import parse_period
from orchestration.lib.review.measured import review_period
from tests.unit.pages.open_tables import OPEN
from tests.unit.pages.page_tables import DERIVED, ROWS, lay_out


class Words(HTMLParser):
    """The text of a page, one space between its pieces, and the names of its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.elements: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", " ".join(Words(html).pieces))


@pytest.fixture
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        lay_out(connection, with_rows=False)
        yield connection


@pytest.fixture
def company(empty: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    empty.execute(ROWS + DERIVED + OPEN)
    return empty


REVIEWED = parse_period("2026-Q2")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The text of the company's board and review, rendered once."""
    with duckdb.connect() as connection:
        lay_out(connection)
        review = render_review(connection, review_period(connection, REVIEWED))
        return {"board": words(render_today(connection)), "review": words(review)}


@pytest.mark.parametrize(
    "figure",
    [
        "Acme & Sons",
        "Fri 10 Jul 2026, 00:30 Europe/Rome",
        "Due soon 1 due soon in the next 24 hours, and steps of cadences of today; 1 more have time",
        "Overdue 19 overdue for up to 30 days; 10 for longer",
        "62.5 % running First contact : 5 kept of 8 due; agreed 90.0 %; those that have started end between 50.0 % and "
        "75.0 % the furthest below its target; 0 of 1 are not below it",
        "31.9 % under EUR 1,000 delivered of 3,130 due by 9 July 2026; 9,000 in the whole month",
        "1 of 1 lead types are behind",
        'Do this first: First contact of Rossi <b> Ada "Neri" (crm:p7), due Fri 10 Jul 2026, 12:00; it is Ada’s.',
        "12 leads were delivered and never touched , worth EUR 1,491; 10 still wait.",
        'Rossi <b> Ada "Neri" crm:p7 Ada away until 13 Jul: Ben covers Field First contact Retail, event Fri 10 Jul, '
        "12:00 due soon in 3.5 h",
    ],
)
def test_the_board_shows_the_figures_of_the_tables(texts: dict[str, str], figure: str) -> None:
    assert figure in texts["board"]


def test_the_board_reports_when_every_lead_was_tried(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("update reports.rpt_untouched_splits set leads = 0")
    text = words(render_today(company))
    assert "Sales has tried to reach every one of the 1,399 leads handed over whose first contact is due." in text
    company.execute("update marts.fct_handoffs set contact_due_at = '2026-07-20'")
    assert "Of no lead handed over is the first contact due yet." in words(render_today(company))


def test_a_page_is_self_contained_and_its_labels_are_escaped(company: duckdb.DuckDBPyConnection) -> None:
    pages = (render_today(company), render_review(company, review_period(company, REVIEWED)))
    for html, scripts in zip(pages, (3, 1), strict=True):
        page = Words(html)
        assert not page.elements & {"img", "iframe"}
        assert html.count("<script") == scripts, "what a label contains is text"
        assert html.count("<link") == 1
        assert not re.search(r"https?://|url\((?!#)|@import", html)
        assert html.count("<svg") == html.count('role="img" aria-label=')


def test_the_same_data_gives_the_same_bytes(company: duckdb.DuckDBPyConnection) -> None:
    review = review_period(company, REVIEWED)
    assert render_today(company) == render_today(company)
    assert render_review(company, review) == render_review(company, review)


def test_the_board_reports_that_no_agreement_is_in_force(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("update reports.rpt_page_header set agreement_version = null")
    assert "No agreement in force." in render_today(company)


def test_an_empty_company_gets_the_reason_why_nothing_is_shown(empty: duckdb.DuckDBPyConnection) -> None:
    text = words(render_today(empty))
    for why in (
        "No clock of sales has started this month.",
        "No lead value was promised for yesterday.",
        "Do this first: nothing is due and nothing is overdue.",
        "No lead of an agreed type was handed over.",
        "Nothing to show: no clock has ever started",
    ):
        assert why in text
    review = render_review(empty, review_period(empty, REVIEWED))
    assert "nobody entered a stage of the agreed chain" in words(review)
    assert "<svg" not in review


def test_a_warehouse_that_was_never_built_is_an_error(empty: duckdb.DuckDBPyConnection) -> None:
    empty.execute("delete from reports.rpt_page_header")
    with pytest.raises(ValueError, match="build the warehouse"):
        render_today(empty)


@pytest.mark.parametrize(
    "figure",
    [
        "1 April 2026 to 30 June 2026",
        "MQL to SQL 34.0 % 40.0 % 37.5 % to 42.6 % 400 of 1,000 1,000 5 – 40.0 % the measured rate",
        "SQL to customer 20.0 % 25.0 % 10.0 % to 51.0 % 3 of 12 12 0 – 20.0 % the agreed rate: too few",
        "Retail Deal size 2,000 2,300 2,100 to 2,550 40 deals 20.0 % 2,300 the measured one",
        "Retail Margin 42.0 % 41.0 % 39.0 % to 43.0 % 50 invoices 42.0 % the agreed one: no evidence of change",
        # 250 deals / 0.2 = 1,250 / 0.34 = 3,677 MQL (agreed); 218 / 0.2 = 1,090 / 0.4 = 2,725 (measured); half of it.
        "MQL 1,839 1,363 3,677 2,725 −25.9 %",
        "Value per lead, EUR 135.98 183.49 +34.9 %",
        "Quota EUR 500,000 per year; this lead type owes 50.0 % of it, EUR 250,000.",
        "June 2026 Sales First contact 1,234 1,534 kept of those due 80.4 % agreed 90.0 % ends between 80.3 % "
        "and 80.5 %",
        "June 2026 Marketing Lead value 9,450 9,000 of it count 9,000 EUR delivered of target 100.0 % met",
        "Event MQL to SQL 34.0 % 38.0 % 376 of 990 38.0 % changed 36.0 % May had a fair Ada Neri 3 July 2026 40.0 % "
        "400 of 1,000",
        "Retail all Time to close 55.0 d 27.0 d 40 27.0 d accepted 27.0 d Deals close sooner Ugo Riva 3 July 2026",
        "Breach, not kept 120 of 289 at night. accepted A second rep takes nights Ugo Riva 3 July 2026 Eva Blu "
        "20 July 2026 18 July 2026: She does",
        "in force only once both teams have signed the version in which it is",
    ],
)
def test_the_review_shows_what_was_measured_and_what_follows(texts: dict[str, str], figure: str) -> None:
    assert figure in texts["review"]


def test_the_review_shows_the_measures_of_both_teams(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("""
        insert into reports.rpt_team_compliance by name
        select
            date '2026-06-01' as period_date, date '2026-07-01' as end_date, team, commitment, 'measure' as kind,
            measure, unit, target, attainment, attainment as attainment_low, attainment as attainment_high, status,
            excused_reason, true as has_ended, true as is_final, 0 as early, 0 as open, 0 as not_evaluated, 9 as cases
        from (values
            ('sales', 'win_more', 'win_rate', 'share', 0.3, 0.29996, 'missed', null),
            ('marketing', 'accepted', 'acceptance_rate', 'share', 0.8, 0.85, 'met', null),
            ('marketing', 'calls', 'new_leads', 'count', 40, 41, 'not_evaluated', 'part of a period')
        ) as measures(team, commitment, measure, unit, target, attainment, status, excused_reason)
    """)
    text = words(render_review(company, review_period(company, REVIEWED)))
    assert "June 2026 Sales Win more 29.996 % at least 30.000 % Win rate missed" in text
    assert "June 2026 Marketing Accepted 85.0 % at least 80.0 % Acceptance rate met" in text
    assert "June 2026 Marketing Calls 41 at least 40 New leads not evaluated part of a period" in text


def test_a_page_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    page = tmp_path / "pages" / "board.html"
    write_page(page, "old")
    assert write_page(page, "new €")
    before = page.stat()
    assert not write_page(page, "new €")
    assert (page.read_text(encoding="utf-8"), page.stat()) == ("new €", before)
    assert before.st_mode & 0o777 == 0o644
    assert list(page.parent.iterdir()) == [page]


def test_a_write_that_fails_leaves_the_old_page(tmp_path: Path) -> None:
    page = tmp_path / "board.html"
    write_page(page, "old")
    with pytest.raises(UnicodeEncodeError):
        write_page(page, "\ud800")
    assert page.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [page]
