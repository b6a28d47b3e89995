"""The scorecard: its figures are those of the tables, labels are escaped, an empty company gets the reason."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages.charts import sparkline
from tests.tables import create
from tests.unit.pages import page_tables, scorecard_tables
from tests.unit.pages.scorecard_tables import scorecard_of_june
from tests.unit.pages.test_pages import Words, words


@pytest.fixture
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        page_tables.lay_out(connection, with_rows=False)
        create(connection, *scorecard_tables.TABLES)
        yield connection


@pytest.fixture
def company(empty: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    tables = ("rpt_team_compliance", "rpt_sla_compliance_month", "rpt_untouched_splits")
    handed_over = "(journey_id, is_counted, contact_due_at) values ('j', true, '2026-07-01')"
    empty.execute(f"insert into marts.fct_handoffs {handed_over}")
    for rows in page_tables.ROWS.split(";"):
        if any(f"insert into reports.{table} " in rows for table in tables):
            empty.execute(rows)
    empty.execute(scorecard_tables.ROWS + scorecard_tables.DERIVED + page_tables.DERIVED)
    return empty


@pytest.mark.parametrize(
    "figure",
    [
        "Monthly scorecard, June 2026",
        # Two are open, which turn nothing: it is missed, and not final; May is the last that is.
        "First contact June 2026, 1,234 kept of 1,534 due, 0 kept early, 2 open 80.4 % promised 90.0 % missed "
        "ends between 80.3 % and 80.5 % First contact: the last 2 periods and what was promised "
        "last final: 75.0 % in May 2026",
        # Nothing has fallen due: no share, but the span, and nothing to compare with.
        "Follow up 7 in 8w June 2026, 0 kept of 0 due, 11 kept early, 114 open too early promised 70.0 % running "
        "ends between 8.8 % and 100.0 %",
        # Attempt, contact and conversation, whatever the promise counts.
        "First contact 436 72.6 % 304 of 419 due 4.7 h of 388 3 d 23.7 % 99 of 418 due 3 d of 298 10 d 12.0 %",
        "First contact in time, of those due: attempt 1 of 2 (median 30 min ) , contact 0 of 2 , conversation 0 of 2",
        "Lead value June 2026, lead value by label; with the agreed evidence 8,280 9,450 9,000 of it count promised "
        "9,000 1,200 of it carried over 345 credited to sales met 100.0 %",
        "+5.0 points",
        # Whose time it was; of the owners only those who were away or stood in.
        "First contact Sales business time 356 60.0 % 10.0 h 30.0 % 5.0 h 3.0 % 30 min 6.0 % 1.0 h 1.0 % 15 min "
        "Ada <i> 7 66.7 % 1.0 h 0.0 % 0 min 33.3 % 30 min 0.0 % 0 min 0.0 % 0 min The time for which",
        # The running quarter has no figure yet, and a measure per month has none for a quarter.
        "Win rate 2026 Q2, Win rate, 50 cases 30.0 % promised at least 25.0 % met settles on 5 July 2026",
        "Delivered and never touched Leads: 12, EUR 1,491 12 leads, worth EUR 1,491",
        "+10.0 points",
        "Cycle 2026 Q2, Sales cycle days, 7 cases 50.0 d promised at most 45.0 d missed",
        "nothing before",
        "Score 2026 Q2, Net promoter score, 8 cases 12.5 points promised at least −5.0 points met "
        "settles on 5 July 2026",
        "+32.5 points",
        # More answers may come: what there is so far, and without the bounds.
        "Late score 2026 Q2, Net promoter score, 3 cases −33.3 points promised at least 0.0 points running "
        "−33.3 points so far",
        # Of the weeks that have ended before the meeting's month did: no bound above what is not complete.
        "Calls week of 22 June 2026, Attempts, 19 cases 19 promised at least 30 missed settled",
        "Decided week of 22 June 2026, Leads decided, 0 cases not in the data promised at least 9 not evaluated "
        "not in the data",
        "Complete June 2026, Data completeness, 0 cases – promised at least 90.0 % not evaluated no cases",
        "First contact Sales – 50.0 % Rejected 9 8 7",
        "Follow up 3 in 2w Sales 71.8 % 64.7 % Won forward 1,044 1,043 0 Recycled 40 40 31",
        "MQL to SQL Retail Event 30.0 % 40.0 % agreement 9.0 19,999 sum 1",
        "MQL to SQL may be chance Retail Event 30.0 % 40.0 % agreement 7.0 19,997 sum 3",
        "Constant over-delivery of retail. For 3 months in a row",
        "Retail 1,234 1,000 123.4 % more than sales can serve well",
        "June 2026 is closed: what has fallen due is kept, 114 commitments that have not are kept when they do. "
        "It is settled on 30 August 2026",
        "8 June 2026 41 42 43 44 45.6 % 51 52 53 54",
        "29 June 2026 – – – – – 61 62 63 64",
        "Ada <i> First contact 1,200 of 1,500 (80.0 % , agreed 90.0 % ; 0 kept early, 2 open ) ; "
        "Score −50.0 points (not reached, 2 cases ); Win rate 0.0 % (too few cases, 1 case )",
        "Good examples First contact after 30 min : crm:p1 Fair, event",
        "First contact still outstanding, 3 d over : crm:p2 <script>, event",
        "Ben First contact 34 of 34 (100.0 %, agreed 90.0 %); Follow up 0 of 0 (too early "
        "3 not known: a date without a time, agreed 70.0 %; "
        "2 kept early, 5 open); "
        "Visit 9 of 10 (not evaluated: too many without an owner, agreed 70.0 %)",
        "First contact 6.0 h late : crm:p3 Fair, event",
    ],
)
def test_the_scorecard_shows_the_figures_of_the_tables(company: duckdb.DuckDBPyConnection, figure: str) -> None:
    plain = lambda text: "".join(text.split())  # noqa: E731 - how the markup cuts a line into pieces does not matter
    assert plain(figure) in plain(words(scorecard_of_june(company)))


def test_what_is_of_another_month_or_lower_in_rank_is_not_shown(company: duckdb.DuckDBPyConnection) -> None:
    text = words(scorecard_of_june(company))
    for absent in ("Disqualified 9", "crm:p4", "sum 4", "old", "0.7 %", "12.3 %", "6 July 2026"):
        assert absent not in text


def test_the_text_of_a_system_is_not_markup(company: duckdb.DuckDBPyConnection) -> None:
    page = scorecard_of_june(company)
    assert "i" not in Words(page).elements
    assert page.count("<script") == 1
    assert page == scorecard_of_june(company)


def test_what_never_came_is_not_zero(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("update reports.rpt_weekly_work set calls = 0")
    assert "8 June 2026 41 0 43 44" in words(scorecard_of_june(company))
    company.execute("update reports.rpt_weekly_work set calls = null")
    assert "8 June 2026 41 – not in the data 43 44" in words(scorecard_of_june(company))
    company.execute("delete from marts.fct_source_freshness where entity = 'activities'")
    assert "8 June 2026 – not in the data – not in the data" in words(scorecard_of_june(company))


def test_an_empty_company_gets_the_reason(empty: duckdb.DuckDBPyConnection) -> None:
    text = words(scorecard_of_june(empty))
    assert text.count("Nothing to show:") == 21
    assert "no promise of sales has a figure" in text
    assert "no step of the funnel is known to have fallen behind" in text


def test_only_what_costs_against_the_agreement_is_a_bottleneck(company: duckdb.DuckDBPyConnection) -> None:
    text = words(scorecard_of_june(company))
    assert "against the quarter before" not in text
    assert "better than agreed" not in text


def test_a_status_on_too_little_is_withheld_with_its_reason(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("update reports.rpt_team_compliance set status = 'withheld' where commitment = 'lead_value'")
    assert "withheld not evaluated: 20.0 % of the leads have no agreed type" in words(
        scorecard_of_june(company)
    ).replace("\xa0", " ")


def test_a_month_without_its_promise_has_no_line(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(
        "delete from reports.rpt_team_compliance where commitment = 'lead_value' and period_date = '2026-06-01'"
    )
    text = words(scorecard_of_june(company))
    assert "promised 9,000" not in text
    assert "Complete June 2026" in text


def test_the_trend_is_as_high_as_its_figures_and_shows_what_can_still_come() -> None:
    final = {"is_final": True, "attainment_low": None, "attainment_high": None}
    running = {"is_final": False, "attainment": 1, "attainment_low": 0.25, "attainment_high": 0.75}
    nothing = {"is_final": False, "attainment": None, "attainment_low": None, "attainment_high": None}
    rows = [final | {"attainment": 0.5}, final | {"attainment": 1}, running, nothing]
    drawn = sparkline([row | {"target": 0.5} for row in rows], 'a "b" <c>')
    assert drawn.count("<rect") == 3
    assert drawn.count("<path") == 4
    assert 'y="12.0" width="8" height="12.0"' in drawn
    assert 'y="0.0" width="8" height="24.0"' in drawn
    # From a quarter to three quarters of the height.
    assert 'y="6.0" width="8" height="12.0"' in drawn
    assert "<c>" not in drawn
    # Of points from -50 to 50, nought is in the middle: one bar down to the bottom, one up to the top.
    drawn = sparkline([final | {"attainment": value, "target": -25} for value in (-50, 50)], "points")
    assert 'y="12.0" width="8" height="12.0"' in drawn
    assert 'y="0.0" width="8" height="12.0"' in drawn
    assert drawn.count("18.0h10") == 2
    assert sparkline([], "nothing").count("<rect") == 0
