"""What the scorecard shows of the quarter that runs."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.tables import create, fill
from tests.unit.pages import page_tables, scorecard_tables
from tests.unit.pages.scorecard_tables import scorecard_of_june
from tests.unit.pages.test_pages import words

QUARTER = {
    "quarter_date": "2026-07-01",
    "is_running_quarter": True,
    "closed_deals": 80,
    "won_deals": 20,
    "deals_of_unknown_time": 3,
    "so_far_deals": 2,
    "so_far_amount": 500,
}
RUNNING = QUARTER | {
    "forecast_amount_low": 900,
    "forecast_amount": 1200,
    "forecast_amount_high": 1600,
    "forecast_deals_low": 4,
    "forecast_deals": 6,
    "forecast_deals_high": 9,
    "new_deals_amount": 210,
    "new_deals_won": 1.2,
    "planned_deals": 11,
    "planned_amount": 4000,
    "overdue_deals": 5,
    "unplanned_deals": 1,
}
PAST = {
    "quarter_date": "2026-04-01",
    "is_running_quarter": False,
    "forecast_amount_low": 10,
    "forecast_amount": 20,
    "forecast_amount_high": 30,
    "quarter_amount": 31,
    "is_inside": False,
    "tried_quarters": 4,
    "inside_quarters": 3,
}
STAGE = {
    "quarter_date": "2026-07-01",
    "stage_label": "Offer",
    "open_deals": 9,
    "open_amount": 3000,
    "open_deals_unpriced": 2,
    "expected_deals": 2.6,
    "expected_amount": 490,
}


@pytest.fixture
def scorecard() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        page_tables.lay_out(connection)
        create(connection, *scorecard_tables.TABLES)
        yield connection


@pytest.mark.parametrize(
    "sentence",
    [
        "1,200 EUR , between 900 and 1,600 in eight of ten cases, from 6 deals (4 to 9). Of it 500 is won so far, by 2 "
        "deals.",
        "open in Offer 9 3,000 2 without one 3 490",
        "not opened yet – – 1 210",
        "By the close dates that the reps have planned: 4,500 EUR with what is won, from 11 open deals, 5 of which "
        "should have closed before now; no date is planned for 1 open deal.",
        "2026 Q2 20 10 and 30 31 no",
        "Inside: 3 of 4 past quarters, where about eight of ten should be; so few quarters show little.",
        "3 deals were opened or closed at no known time",
    ],
)
def test_the_quarter_has_an_interval_and_its_past(scorecard: duckdb.DuckDBPyConnection, sentence: str) -> None:
    fill(scorecard, "reports.rpt_quarter_forecast", [RUNNING, PAST])
    fill(scorecard, "reports.rpt_forecast_stages", [STAGE])
    assert sentence in words(scorecard_of_june(scorecard))


def test_too_little_history_is_not_known(scorecard: duckdb.DuckDBPyConnection) -> None:
    reason = "fewer than 30 deals had closed in the year before"
    fill(scorecard, "reports.rpt_quarter_forecast", [QUARTER | {"reason": reason, "closed_deals": 7}])
    text = words(scorecard_of_june(scorecard))
    assert f"Not known: {reason} (7). What was won so far: 500 EUR, 2 deals." in text
    assert "By the close dates" not in text


def test_one_deal_is_one(scorecard: duckdb.DuckDBPyConnection) -> None:
    names = ("forecast", "so_far", "planned", "overdue", "unplanned")
    one = {f"{name}_deals": 1 for name in names} | {"deals_of_unknown_time": 1}
    fill(scorecard, "reports.rpt_quarter_forecast", [RUNNING | one])
    text = words(scorecard_of_june(scorecard))
    assert "from 1 deal (" in text
    assert "is won so far, by 1 deal." in text
    assert "from 1 open deal, 1 of which should have closed before now; no date is planned for 1 open deal." in text
    assert "1 deal was opened or closed at no known time and is in no rate." in text


def test_without_deals_there_is_nothing(scorecard: duckdb.DuckDBPyConnection) -> None:
    assert "Nothing to show: no file has deals." in words(scorecard_of_june(scorecard))
