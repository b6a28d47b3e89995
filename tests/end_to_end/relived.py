"""The demo company's year is replayed: a build a week after every month, with what had happened until then and no
more, each closing in the same home what has settled.

Each build makes the models of the two figures only, without their tests. Run as a module it writes the closed months of
the demo company again: `python -m tests.end_to_end.relived`.
"""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from orchestration import settings
from orchestration.lib.closing.carried import write_closings
from orchestration.lib.closing.months import forget_closings, keep_closed_months, show_closings
from orchestration.lib.store.database import attached
from orchestration.lib.warehouse.dbt import build as build_project
from tests.end_to_end.conftest import PROJECT
from tests.end_to_end.conftest import build as build_company

UNTIL = (Path(__file__).parent / "exports_until.sql").read_text()
# The morning of the seventh, when the exports are made and the agreement closes the month before. UTC.
MORNINGS = tuple(datetime(2025 + month // 12, month % 12 + 1, 7, 8) for month in range(10, 22))
# When a row came to be, by table; the other tables (users, companies, accounts, campaigns) contain no time.
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
    "surveys__sent": "sent_at",
    **{f"{name}__campaign_report": "day" for name in ("google_ads", "meta_ads", "linkedin_ads", "microsoft_ads")},
}
# Times without a zone are Milan's; a row without a time was always known.
KNOWN = """
create temp macro known(moment, zone) as
    moment is null or timezone('UTC', timezone(coalesce(zone, 'Europe/Rome'), cast(moment as timestamp)))
    <= getvariable('until')
"""
# These have a second column for times of UTC, and fill one of the two.
IN_UTC = ("billing__invoices", "billing__subscriptions", "billing__churn_events", "surveys__responses", "surveys__sent")
# What may name a later time: plans, and when a task was written last.
PLANS = {
    "hubspot__deals.close_date",
    "salesforce__opportunities.close_date",
    "salesforce__opportunities_report.close_date",
    "salesforce__tasks.activity_date",
    "billing__invoices.due_at_utc",
    "billing__subscriptions.trial_end_at_utc",
    "hubspot__invoices.due_date",
    "salesforce__tasks.last_modified_date",
}
FIGURES = """
select period_date, team, commitment, kind, kept, missed, excused, early, open, attainment, attainment_low,
    attainment_high, status, has_ended, is_final, is_settled
from reports.rpt_team_compliance
"""


@dataclass(frozen=True)
class Figures:
    """The figures of one build for each month, team and commitment."""

    as_of: datetime
    rows: dict[tuple[date, str, str], dict]


@dataclass(frozen=True)
class Replay:
    """The days, the figures of each morning, the last build in the same home, with everything, and that home."""

    days: tuple[datetime, ...]
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
        with attached(connection, place.store):
            keep_closed_months(connection)
            show_closings(connection)
        return read(connection)


def read(connection: duckdb.DuckDBPyConnection) -> Figures:
    cursor = connection.execute(FIGURES)
    names = [name for name, *_ in cursor.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    [(as_of,)] = connection.execute("select as_of from marts.dim_build").fetchall()
    return Figures(as_of, {(row["period_date"], row["team"], row["commitment"]): row for row in rows})


def emptied(home: Path, demo: Path) -> Path:
    """A home with the demo's raw tables and dbt project, in which no month was ever closed."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(demo / "warehouse.duckdb", home)
    shutil.copytree(demo / "project", home / "project", symlinks=True)
    with duckdb.connect(home / "warehouse.duckdb") as connection:
        forget_closings(connection)
    return home


def relive(home: Path, demo: Path, days: tuple[datetime, ...] = MORNINGS) -> Replay:
    """The mornings of these days in one home, then the day of the exports."""
    emptied(home, demo)
    mornings = []
    for morning in days:
        lay_out(home, demo / "warehouse.duckdb", morning)
        mornings.append(built(home))
    lay_out(home, demo / "warehouse.duckdb", None)
    return Replay(days, mornings, built(home), home)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        demo = build_company(PROJECT / "seeds", Path(folder) / "demo").home
        place = settings.Settings(PROJECT / "seeds", relive(Path(folder) / "home", demo).home)
        with duckdb.connect(place.warehouse) as connection, attached(connection, place.store):
            print(*write_closings(connection, place.company))
