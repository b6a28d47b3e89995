"""The figures of the demo company on each morning of its year (relived.py), compared with the whole year."""

from collections.abc import Callable
from datetime import date, timedelta

import duckdb
import pytest

from orchestration.lib.closing.carried import COLUMNS, FILES
from tests import campaign_figures
from tests.end_to_end.conftest import PROJECT, Built
from tests.end_to_end.relived import MORNINGS, Figures, Replay, built, emptied, relive

# The short form is test_closed_months.py, with one month.
pytestmark = [pytest.mark.end_to_end, pytest.mark.campaign]


@pytest.fixture(scope="module")
def replay(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> Replay:
    return relive(tmp_path_factory.mktemp("replay") / "home", demo.home, MORNINGS)


@pytest.fixture
def noted(request: pytest.FixtureRequest) -> Callable[[str, int], None]:
    """Notes a figure of the replay in docs/reliability.md."""

    def note(name: str, value: int) -> None:
        campaign_figures.note(request.node.nodeid, "The year, morning by morning", {name: value})

    return note


@pytest.fixture(scope="module")
def year(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The figures of the whole year, computed at once in a home that never closed a month before."""
    return built(emptied(tmp_path_factory.mktemp("year") / "home", demo.home))


def test_each_morning_knows_its_own_past_only(replay: Replay, noted: Callable[[str, int], None]) -> None:
    noted("mornings that know their own past only", len(replay.days))
    for morning, build in zip(replay.days, replay.mornings, strict=True):
        assert morning - timedelta(hours=12) < build.as_of <= morning
        assert max(month for month, *_ in build.rows) == date(morning.year, morning.month, 1)


def test_what_has_settled_equals_the_whole_year(
    replay: Replay, year: Figures, noted: Callable[[str, int], None]
) -> None:
    settled = 0
    for build in [*replay.mornings, replay.last]:
        for key, row in build.rows.items():
            if row["is_settled"]:
                assert figures(row) == pytest.approx(figures(year.rows[key])), (build.as_of, key)
                settled += 1
    assert settled > 8 * len(replay.days)
    noted("settled figures that equal those of the whole year", settled)


def test_a_year_closed_month_by_month_restates_nothing(replay: Replay, year: Figures) -> None:
    with duckdb.connect(replay.home / "warehouse.duckdb", read_only=True) as connection:
        [(months, days)] = connection.execute(
            "select count(*), count(distinct closed_at) from raw.closing__months"
        ).fetchall()
        assert (months, days) == (12, len(replay.days))
        reasons = connection.execute("select distinct reason from reports.rpt_restatements").fetchall()
        # HubSpot overwrites who had a lead before: that moves a figure from rep to rep, and none of a team.
        assert {reason for (reason,) in reasons} <= {"owner changed"}
    assert replay.last.as_of == year.as_of
    for key, row in year.rows.items():
        assert figures(replay.last.rows[key]) == pytest.approx(figures(row)), key


def test_the_demo_company_keeps_what_was_closed_so(replay: Replay) -> None:
    """If not: python -m tests.end_to_end.relived."""
    with duckdb.connect(replay.home / "warehouse.duckdb", read_only=True) as connection:
        for table, file in FILES.items():
            kept = f"select {', '.join(COLUMNS[table])} from read_parquet('{PROJECT / 'seeds' / 'closings' / file}')"
            relived = f"select {', '.join(COLUMNS[table])} from raw.{table}"
            both = f"(({kept}) except all ({relived})) union all (({relived}) except all ({kept}))"
            assert connection.execute(both).fetchall() == [], table


def test_no_figure_ends_outside_its_reported_bounds(
    replay: Replay, year: Figures, noted: Callable[[str, int], None]
) -> None:
    open_months = 0
    for build in replay.mornings:
        for key, row in build.rows.items():
            final = year.rows[key]
            low, high, ends_at = row["attainment_low"], row["attainment_high"], final["attainment"]
            if not (final["is_final"] and row["has_ended"]) or None in (low, high, ends_at):
                continue
            assert low <= ends_at <= high, (build.as_of, key)
            open_months += low < high
    assert open_months > 1.5 * len(replay.days), "too few months were open when they were looked at"
    noted("figures of open months that end within their bounds", open_months)


def test_no_status_is_reversed(replay: Replay, year: Figures) -> None:
    early = 0
    for build in replay.mornings:
        for key, row in build.rows.items():
            if row["status"] != "running":
                assert year.rows[key]["status"] == row["status"], (build.as_of, key)
                early += not row["is_final"]
    assert early > 0, "no status was certain before its month was final"


def figures(row: dict) -> dict:
    """The row without the columns for the progress of its closing."""
    return {name: value for name, value in row.items() if name not in ("is_settled", "has_ended")}
