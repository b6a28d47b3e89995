"""The scorecard: its figures are those of the tables, labels are escaped, an empty company is told why."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages import render_scorecard
from orchestration.lib.pages.charts import sparkline
from tests.unit import page_tables, scorecard_tables
from tests.unit.test_pages import Words, words


@pytest.fixture
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(page_tables.TABLES + scorecard_tables.TABLES)
        yield connection


@pytest.fixture
def company(empty: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    compliance = "insert into reports.rpt_sla_compliance"
    (rows,) = [each for each in page_tables.ROWS.split(";") if compliance in each]
    empty.execute(rows)
    empty.execute(scorecard_tables.ROWS)
    return empty


@pytest.mark.parametrize(
    "figure",
    [
        "Scorecard of June 2026",
        # 1,234 of 1,534 is 80.4 %, 89.4 % of 90 %; May was 75 %.
        "First contact June 2026, 1,234 met of 1,534 due, 2 pending 80.4 % promised 90.0 % under 89.4 % of promised",
        "+5.4 points",
        "Lead value June 2026, lead value 9,450 promised 9,000 on track 105.0 % of promised",
        "+450",
        # The quarter that runs is no figure yet.
        "Win rate 2026 Q2, Win rate, 50 cases 30.0 % promised at least 25.0 % reached 120.0 % of promised",
        "+10.0 points",
        "Cycle 2026 Q2, Sales cycle days, 7 cases 50.0 d promised at most 45.0 d not reached 90.0 % of promised",
        "nothing before",
        "Complete June 2026, Data completeness, 0 cases – promised at least 90.0 % no cases – of promised",
        "MQL to SQL Retail Event 30.0 % 40.0 % agreement 9.0 19,999 sum 1",
        "MQL to SQL may be chance Retail Event 30.0 % 40.0 % agreement 7.0 19,997 sum 3",
        "Constant over-delivery of retail. For 3 months in a row",
        "Retail 1,234 1,000 123.4 % more than sales can serve well",
        "June 2026 is closed",
        "May 2026 Sales First contact status changed +12 −11 −1 no change –",
        "May 2026 Marketing Lead value value changed",
        "value changed no change no change no change no change +1,234",
        "8 June 2026 41 42 43 44 45.6 % 51 52 53 54",
        "29 June 2026 – – – – – 61 62 63 64",
        "Ada <i> First contact 1 of 2 (50.0 % , agreed 90.0 % ) ; Win rate 0.0 % (too few cases, 1 case )",
        "Good examples First contact after 30 min : crm:p1 Fair, event",
        "First contact still owed, 3 d over : crm:p2 <script>, event",
        # Two records of one name are one person.
        "Ben First contact 1 of 2",
        "First contact 6.0 h late : crm:p3 Fair, event",
    ],
)
def test_the_scorecard_says_what_the_tables_say(company: duckdb.DuckDBPyConnection, figure: str) -> None:
    plain = lambda text: "".join(text.split())  # noqa: E731 - how the markup cuts a line into pieces is no matter
    assert plain(figure) in plain(words(render_scorecard(company)))


def test_what_is_of_another_month_or_lower_in_rank_is_not_shown(company: duckdb.DuckDBPyConnection) -> None:
    text = words(render_scorecard(company))
    for absent in ("crm:p4", "sum 4", "old", "0.7 %", "12.3 %", "6 July 2026"):
        assert absent not in text


def test_what_a_system_wrote_is_text_and_no_markup(company: duckdb.DuckDBPyConnection) -> None:
    page = render_scorecard(company)
    assert not {"script", "i"} & Words(page).elements
    assert page == render_scorecard(company)


def test_an_empty_company_is_told_why(empty: duckdb.DuckDBPyConnection) -> None:
    text = words(render_scorecard(empty))
    assert text.count("Nothing to show:") == 7
    assert "no promise of sales has a figure" in text
    assert "no step of the funnel is known to have fallen behind" in text


def test_only_what_costs_against_the_agreement_is_a_bottleneck(company: duckdb.DuckDBPyConnection) -> None:
    text = words(render_scorecard(company))
    assert "against the quarter before" not in text
    assert "better than agreed" not in text


def test_a_month_without_its_promise_has_no_line(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("delete from reports.rpt_sla_compliance where team = 'marketing' and period_date = '2026-06-01'")
    text = words(render_scorecard(company))
    assert "promised 9,000" not in text
    assert "Complete June 2026" in text


def test_the_trend_is_as_high_as_its_figures() -> None:
    drawn = sparkline([(None, 0.5), (0.5, 0.5), (1, None)], 'a "b" <c>')
    assert drawn.count("<rect") == 2
    assert drawn.count("<path") == 2
    assert 'height="12.0"' in drawn
    assert 'height="24.0"' in drawn
    assert "<c>" not in drawn
    assert sparkline([], "nothing").count("<rect") == 0
