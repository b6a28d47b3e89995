"""The page of the funnel: the whole way of a quarter, its steps, their times, what costs most, and the hours."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from orchestration.lib.language import speaking
from orchestration.lib.language.sentences import SENTENCES, _pattern
from orchestration.lib.pages import render_funnel
from orchestration.lib.pages.arrival_times import read_hours
from tests.tables import create, fill
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import Words, words

# A quarter in which everybody has had 90 days, and one in which nobody has.
OLD = {"cohort_period": "quarter", "cohort_date": "2026-01-01", "is_current_cohort": True, "is_few": False} | {
    f"is_mature_{days}d": True for days in (30, 60, 90)
}
YOUNG = OLD | {"cohort_date": "2026-04-01"} | {f"is_mature_{days}d": False for days in (30, 60, 90)}
ALL = {"segment_type": "all", "is_next_stage": True}
LEADS = {"from_stage": "lead", "from_rank": 1, "entered": 1000}


def reached(quarter: dict, stage: str, rank: int, number: int, **more: object) -> dict:
    """The pair from lead to a stage, of all; within 90 days ten fewer than until now."""
    rates = {"converted_90d": number - 10, "rate_90d": (number - 10) / 1000, "converted_30d": 5, "rate_30d": 0.005}
    bounds = {"rate_90d_low": 0.111, "rate_90d_high": 0.222}
    pair = {"to_stage": stage, "to_rank": rank, "converted": number, "still_open": 7, "is_next_stage": rank == 2}
    return quarter | ALL | LEADS | rates | bounds | pair | more


EVERYBODY = {"cohort_period": "all", "is_few": False, "p25_days": 0.5, "p75_days": 3, "p90_days": 9.5}
PAIRS = [
    reached(OLD, "mql", 2, 800),
    reached(OLD, "customer", 6, 30),
    reached(YOUNG, "mql", 2, 600),
    reached(YOUNG, "customer", 6, 10),
    ALL | LEADS | EVERYBODY | {"to_stage": "mql", "to_rank": 2, "median_days": 1.5, "converted": 1400, "still_open": 3},
    # A month, another segment and a step of few are not the same.
    reached(OLD | {"cohort_period": "month"}, "mql", 2, 99),
    OLD
    | LEADS
    | {"segment_type": "stream and lead type", "revenue_stream": "retail", "lead_type": "event", "is_next_stage": True}
    | {"to_stage": "mql", "to_rank": 2, "entered": 8, "converted": 4, "still_open": 1, "is_few": True}
    | {"converted_90d": 4, "rate_90d": 0.5, "rate_90d_low": 0.2, "rate_90d_high": 0.8},
]
STEP = {"from_stage": "lead", "to_stage": "mql", "revenue_stream": "retail", "lead_type": "event", "horizon_days": 30}
BOTTLENECKS = [
    STEP
    | {"period_date": "2026-04-01", "compared_with": "agreement", "bottleneck_rank": rank, "entered": 120}
    | {"converted": 30, "is_few": False, "measured_rate": 0.25, "measured_rate_low": 0.18, "measured_rate_high": 0.34}
    | {"compared_rate": 0.34, "lost_customers": 2.04, "cost_amount": cost, "is_significant": cost > 5000}
    | {"arithmetic": f"why {cost}"}
    for rank, cost in ((1, 9000), (2, 4000), (3, -1))
]
HOURS = [
    {"team": "sales", "commitment": name, "scope": "hour", "month_date": month, "iso_weekday": day, "from_hour": hour}
    | {"leads": leads, "kept": kept, "due": due}
    for name, month, day, hour, leads, kept, due in (
        ("first_contact", "2026-06-01", 1, 9, 6, 3, 5),
        ("first_contact", "2026-07-01", 1, 9, 4, 3, 3),
        # Before the twelve months, few, of a day alone, and of what is no longer agreed.
        ("first_contact", "2025-07-01", 1, 9, 99, 99, 99),
        ("first_contact", "2026-07-01", 7, 11, 4, 0, 4),
        ("first_contact", "2026-07-01", 2, None, 5, 5, 5),
        ("ended", "2026-06-01", 1, 9, 50, 50, 50),
    )
]


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        lay_out(connection, with_rows=False)
        create(connection, "reports.rpt_bottlenecks", "reports.rpt_arrival_times")
        yield connection


@pytest.fixture
def text(company: duckdb.DuckDBPyConnection) -> str:
    fill(company, "reports.rpt_funnel_conversion", PAIRS)
    fill(company, "reports.rpt_bottlenecks", BOTTLENECKS)
    fill(company, "reports.rpt_arrival_times", HOURS)
    html = render_funnel(company)
    assert html == render_funnel(company)
    assert "img" not in Words(html).elements
    return words(html)


@pytest.mark.parametrize(
    "sentence",
    [
        # The picture of the old quarter has 90 days, that of the young one what there is.
        "2026 Q1 final everybody has had 90 days 2026 Q1: how many of the 1,000 have reached each stage "
        "Lead 1,000 100.0 % MQL 790 79.0 % Customer 20 2.0 %",
        "2026 Q2 running not everybody has had 90 days: the bars still grow "
        "2026 Q2: how many of the 1,000 have reached each stage Lead 1,000 100.0 % MQL 600 60.0 % Customer 10 1.0 %",
        "Lead 1,000 MQL 800 7 0.5 % 5 of 1,000 79.0 % 790 of 1,000 11.1 % to 22.2 % Customer 30 7",
        "Lead 1,000 MQL 600 7 too early too early Customer 10 7 too early too early",
        "Quarter Entered lead MQL Customer 2026 Q2 1,000 too early too early 2026 Q1 1,000 79.0 % 790 of 1,000",
        "All journeys Lead to MQL 1,000 800 7 0.5 % 5 of 1,000",
        "Retail, event Lead to MQL 8 4 1",
        "50.0 % 4 of 8, few 20.0 % to 80.0 % nobody entered",
        "All journeys Lead to MQL 36.0 h 1,400 reached 12.0 h to 3 d 10 d 3",
        "Against the agreed rates those that entered in 2026 Q2; the dearest first",
        "Lead to MQL Retail, event 25.0 % 30 of 120 within 30 d 18.0 % to 34.0 % 34.0 % 2.0 9,000 hardly chance why",
        "4,000 may be chance why 4000 1 of 3 steps are as good or better.",
        "First contact Sales 11 kept of 17 due, 19 leads",
        "Hour Mon Tue Wed Thu Fri Sat Sun 09 75 % 8 · · · · · · 10 · · · · · · · 11 · · · · · · few 4 "
        "day only · 100 % 5 · · · · ·",
    ],
)
def test_the_page_shows_the_figures_of_the_tables(text: str, sentence: str) -> None:
    assert sentence in text


def test_of_one_month_and_of_what_is_no_longer_agreed_there_are_no_hours(company: duckdb.DuckDBPyConnection) -> None:
    fill(company, "reports.rpt_arrival_times", HOURS)
    assert [each["commitment"] for each in read_hours(company, date(2026, 7, 1))] == ["first_contact"]


def test_a_company_without_leads_gets_the_reason(company: duckdb.DuckDBPyConnection) -> None:
    text = words(render_funnel(company))
    for why in (
        "no journey has entered a stage that leads to another",
        "no journey has gone from a stage to the next",
        "no step of the funnel is known to have fallen behind",
        "no clock has begun in the last twelve months",
        "no clock began in this month",
    ):
        assert f"Nothing to show: {why}" in text
    assert "<svg" not in render_funnel(company)


@pytest.mark.parametrize(
    "arithmetic",
    [
        "59 entered x (42.00 % agreed - 42.37 % measured) x 82.00 % x 24.00 % x 2,000 = -87",
        "12 entered x (50.00 % last period - 33.33 % measured) x 24,000 = 48,000",
    ],
)
def test_how_a_cost_is_computed_is_in_the_catalogues(company: duckdb.DuckDBPyConnection, arithmetic: str) -> None:
    assert [sentence for sentence in SENTENCES if any(_pattern(sentence).readings(arithmetic))]
    fill(company, "reports.rpt_bottlenecks", [BOTTLENECKS[0] | {"arithmetic": arithmetic}])
    assert arithmetic in words(render_funnel(company))
    with speaking("it"):
        shown = words(render_funnel(company))
    figures = [word for word in arithmetic.split() if word[-1].isdigit()]
    assert all(figure.strip("(").translate(str.maketrans(",.", ".,")) in shown for figure in figures)
