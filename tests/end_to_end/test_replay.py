"""The demo company lives its year again: a build a week after every month, with what had happened until then and no
more, each closing in the same home what has settled. What was said then is held against the whole year.

Each build makes the models of the two figures only, without their tests; the whole year is the demo's own build.
"""

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.closing import forget_closings, keep_closed_months
from orchestration.lib.dbt import build as build_project
from tests.end_to_end.conftest import PROJECT, Built

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]

UNTIL = (Path(__file__).parent / "exports_until.sql").read_text()
# The morning of the seventh, when the exports are made and the agreement closes the month before. UTC.
MORNINGS = [datetime(2025 + month // 12, month % 12 + 1, 7, 8) for month in range(10, 22)]
# When a row came to be, by table; the other tables (users, companies, accounts, campaigns) say nothing of time.
WRITTEN = {
    "hubspot__contacts": "create_date",
    "hubspot__calls": "activity_date",
    "hubspot__emails": "activity_date",
    "hubspot__meetings": "start_time",
    "hubspot__deals": "create_date",
    "hubspot__invoices": "invoice_date",
    "salesforce__leads": "created_date",
    "salesforce__lead_history": "created_date",
    "salesforce__contacts": "created_date",
    "salesforce__opportunities": "created_date",
    "salesforce__opportunities_report": "created_date",
    "salesforce__opportunity_history": "created_date",
    "salesforce__opportunity_contact_roles": "created_date",
    "salesforce__tasks": "coalesce(completed_at, created_date)",
    "salesforce__events": "starts_at",
    "salesforce__email_messages": "message_date",
    "salesforce__campaign_members": "created_date",
    "mailing__email_events": "happened_at",
    "events__attendance": "happened_at",
    "web__sessions": "started_at",
    "web__form_submissions": "submitted_at",
    "web__chats": "started_at",
    "documents__documents": "sent_at",
    "billing__invoices": "invoiced_at",
    "billing__subscriptions": "started_at",
    "billing__churn_events": "churned_at",
    "surveys__responses": "answered_at",
    **{f"{name}__campaign_report": "day" for name in ("google_ads", "meta_ads", "linkedin_ads", "microsoft_ads")},
}
# Times without a zone are Milan's; what bears none was always known.
KNOWN = """
create temp macro known(moment, zone) as
    moment is null or timezone('UTC', timezone(coalesce(zone, 'Europe/Rome'), cast(moment as timestamp)))
    <= getvariable('until')
"""
# These have a second column for times of UTC, and fill one of the two.
IN_UTC = ("billing__invoices", "billing__subscriptions", "billing__churn_events", "surveys__responses")
# What may name a later time: plans, and when a task was written last.
PLANS = {
    "hubspot__deals.close_date",
    "salesforce__opportunities.close_date",
    "salesforce__opportunities_report.close_date",
    "salesforce__tasks.activity_date",
    "billing__subscriptions.trial_end_at_utc",
    "salesforce__tasks.last_modified_date",
}
FIGURES = """
select period_date, team, commitment, kind, kept, missed, excused, early, open, attainment, attainment_low,
    attainment_high, verdict, has_ended, is_final, is_settled
from reports.rpt_team_compliance
"""


@dataclass(frozen=True)
class Figures:
    """What one build said of each month, team and commitment."""

    as_of: datetime
    rows: dict[tuple[date, str, str], dict]


@dataclass(frozen=True)
class Replay:
    """What each morning said, the last build in the same home, with everything, and that home."""

    mornings: list[Figures]
    last: Figures
    home: Path


def lay_out(home: Path, whole: Path, until: datetime | None) -> None:
    """The raw tables of the home as the exports of that morning would have filled them; all of them without one."""
    with duckdb.connect(home / "warehouse.duckdb") as connection:
        connection.execute(f"attach '{whole}' as whole (read_only)")
        connection.execute(f"set variable until = timestamp '{until or datetime(9999, 1, 1)}'")
        connection.execute(KNOWN)
        for table, written in WRITTEN.items():
            in_utc = f" and known({written}_utc, 'UTC')" if table in IN_UTC else ""
            rows = f"select * from whole.raw.{table} where known({written}, _time_zone){in_utc}"
            connection.execute(f"create or replace table raw.{table} as {rows}")
        if until is not None:
            connection.execute(UNTIL)
            assert later(connection) <= PLANS


def later(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The columns of those tables that have something of a later time than the variable `until`."""
    columns = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() where database_name = 'warehouse' "
        "and schema_name = 'raw' and regexp_matches(data_type, '^(DATE|TIMESTAMP|MAP.*TIMESTAMP)')"
    ).fetchall()
    moments = [
        f"select '{table}.{column}' as name, {column} as moment, _time_zone as zone from raw.{table}"
        for table, column, kind in columns
        if table in WRITTEN and not kind.startswith("MAP")
    ]
    moments += [
        f"select '{table}.{column}', unnest(map_values({column})), _time_zone from raw.{table}"
        for table, column, kind in columns
        if table in WRITTEN and kind.startswith("MAP")
    ]
    everything = " union all ".join(moments)
    rows = connection.execute(f"select distinct name from ({everything}) where not known(moment, zone)")
    return {name for (name,) in rows.fetchall()}


def built(home: Path) -> Figures:
    """Build the figures and keep what has settled, as a run does."""
    place = settings.Settings(PROJECT / "seeds", home)
    without_tests = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    models = ["+rpt_team_compliance", "+rpt_restatements", "+fct_closings", "+fct_closed_commitments"]
    nodes = list(build_project(place.project, place.dbt_target, place.logs, [*without_tests, "--select", *models]))
    assert nodes
    assert [(node.unique_id, node.message) for node in nodes if not node.success] == []
    with duckdb.connect(place.warehouse) as connection:
        keep_closed_months(connection)
        return read(connection)


def read(connection: duckdb.DuckDBPyConnection) -> Figures:
    cursor = connection.execute(FIGURES)
    names = [name for name, *_ in cursor.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    [(as_of,)] = connection.execute("select as_of from marts.dim_build").fetchall()
    return Figures(as_of, {(row["period_date"], row["team"], row["commitment"]): row for row in rows})


@pytest.fixture(scope="module")
def replay(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> Replay:
    home = tmp_path_factory.mktemp("replay")
    whole = demo.home / "warehouse.duckdb"
    (home / "warehouse.duckdb").write_bytes(whole.read_bytes())
    shutil.copytree(demo.home / "project", home / "project", symlinks=True)
    with duckdb.connect(home / "warehouse.duckdb") as connection:
        forget_closings(connection)
    mornings = []
    for morning in MORNINGS:
        lay_out(home, whole, morning)
        mornings.append(built(home))
    lay_out(home, whole, None)
    return Replay(mornings, built(home), home)


@pytest.fixture(scope="module")
def year(demo: Built) -> Figures:
    """The figures of the whole year, computed at once in a home that never closed a month before."""
    with duckdb.connect(demo.copy, read_only=True) as connection:
        return read(connection)


def test_each_morning_knows_its_own_past_only(replay: Replay) -> None:
    for morning, said in zip(MORNINGS, replay.mornings, strict=True):
        assert morning - timedelta(hours=12) < said.as_of <= morning
        assert max(month for month, *_ in said.rows) == date(morning.year, morning.month, 1)


def test_what_has_settled_is_what_the_whole_year_says(replay: Replay, year: Figures) -> None:
    settled = 0
    for said in [*replay.mornings, replay.last]:
        for key, row in said.rows.items():
            if row["is_settled"]:
                assert figures(row) == pytest.approx(figures(year.rows[key])), (said.as_of, key)
                settled += 1
    assert settled > 100


def test_a_year_closed_month_by_month_restates_nothing(replay: Replay, year: Figures) -> None:
    with duckdb.connect(replay.home / "warehouse.duckdb", read_only=True) as connection:
        [(months, days)] = connection.execute(
            "select count(*), count(distinct closed_at) from raw.closing__months"
        ).fetchall()
        assert (months, days) == (12, 12)
        reasons = connection.execute("select distinct reason from reports.rpt_restatements").fetchall()
        # HubSpot overwrites who had a lead before: that moves a figure from rep to rep, and none of a team.
        assert {reason for (reason,) in reasons} <= {"owner changed"}
    assert replay.last.as_of == year.as_of
    for key, row in year.rows.items():
        assert figures(replay.last.rows[key]) == pytest.approx(figures(row)), key


def test_no_figure_ends_outside_the_bounds_that_were_told(replay: Replay, year: Figures) -> None:
    told = 0
    for said in replay.mornings:
        for key, row in said.rows.items():
            final = year.rows[key]
            low, high, ends_at = row["attainment_low"], row["attainment_high"], final["attainment"]
            if not (final["is_final"] and row["has_ended"]) or None in (low, high, ends_at):
                continue
            assert low <= ends_at <= high, (said.as_of, key)
            told += low < high
    assert told > 20, "too few months were open when they were looked at"


def test_no_verdict_is_turned_round(replay: Replay, year: Figures) -> None:
    early = 0
    for said in replay.mornings:
        for key, row in said.rows.items():
            if row["verdict"] != "running":
                assert year.rows[key]["verdict"] == row["verdict"], (said.as_of, key)
                early += not row["is_final"]
    assert early > 0, "no verdict was certain before its month was final"


def figures(row: dict) -> dict:
    """The row without what says how far its closing has come."""
    return {name: value for name, value in row.items() if name not in ("is_settled", "has_ended")}
