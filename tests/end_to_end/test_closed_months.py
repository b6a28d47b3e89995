"""The demo company's months are closed; then 500 rows of March come late.

What is rebuilt is what the two reports are made of, in a copy of the warehouse, with all its tests.
"""

import os
import subprocess
from collections import Counter
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.ingestion import ingest_table
from tests.end_to_end.conftest import Built, smarketing
from tests.systems import TABLES

pytestmark = pytest.mark.end_to_end

CONTACTS = (
    "Record ID,Email,Create Date,Lifecycle Stage,Contact owner,Country/Region,Business unit,Original Traffic Source,"
    '"Date entered ""Lead (Lifecycle Stage Pipeline)""",'
    '"Date entered ""Marketing Qualified Lead (Lifecycle Stage Pipeline)"""'
)
CALLS = "Record ID,Activity date,Call direction,Call outcome,Activity assigned to,Associated Contact IDs"
LATE_CONTACTS, LATE_CALLS = 300, 200
STATUSES = ("kept", "missed", "excused")
# A closed month's rows of what has settled, as both reports make their figures of them.
CLOSED_FIGURES = "select * exclude (is_settled) from marts.fct_reported_commitments where is_settled order by all"
SETTLED_MONTHS = "select * from reports.rpt_team_compliance where is_settled order by all"
CLOSED_ROWS = "from marts.fct_closed_commitments order by all"
MARCH = "month_date = '2026-03-01'"
# The clocks of March that nobody stopped come first: a call that is written down late keeps them.
STARTS = f"""
    select split_part(split_part(journey_id, '#', 1), ':', 2), timezone('Europe/Rome', timezone('UTC', started_at))
    from marts.fct_commitments
    where commitment = 'first_contact' and {MARCH} and journey_id like 'hubspot:1%' and status != 'excused'
    order by status = 'missed' desc, journey_id
    limit {LATE_CALLS}
"""


def query(home: Path, sql: str) -> list[tuple]:
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as connection:
        return connection.execute(sql).fetchall()


def write_late_rows(built: Built) -> None:
    """Two export files more: leads of March that were entered late, and calls of March that were logged late."""
    contacts = [CONTACTS]
    for number in range(LATE_CONTACTS):
        at = f"2026-03-{number % 28 + 1:02d} 10:00"
        fields = f"{at},Marketing Qualified Lead,Nives Corbari,Italy,Small Business,Paid Search,{at},{at}"
        contacts.append(f"{800001 + number},late{number}@late{number}.example,{fields}")
    calls = [CALLS]
    for number, (contact, started_at) in enumerate(query(built.home, STARTS)):
        at = f"{started_at + timedelta(minutes=30):%Y-%m-%d %H:%M}"
        calls.append(f"{38000001 + number},{at},Outbound,Connected,Nives Corbari,{contact}")
    assert len(calls) == 1 + LATE_CALLS
    exports = built.company / "exports" / "hubspot"
    (exports / "contacts_late.csv").write_text("\n".join(contacts) + "\n")
    (exports / "calls_late.csv").write_text("\n".join(calls) + "\n")


def rebuild(built: Built) -> None:
    tables = {f"{table.system}.{table.name}": table for table in TABLES}
    with duckdb.connect(built.home / "warehouse.duckdb") as connection:
        connection.execute("set TimeZone = 'UTC'")
        for name in ("hubspot.contacts", "hubspot.calls"):
            report = ingest_table(connection, tables[name], built.company / "exports" / "hubspot")
            late = [file for file in report.files if "late" in file.file]
            assert [(file.status, file.rows_rejected) for file in late] == [("loaded", 0)]
    place = settings.Settings(built.company, built.home)
    places = ["--target-path", str(built.home / "dbt-late"), "--log-path", str(built.home / "dbt-late")]
    result = subprocess.run(
        [
            *(settings.dbt_executable(), "build", *places, "--exclude-resource-type", "unit_test"),
            # Tests that compare with a model that is not rebuilt would compare with yesterday.
            *("--select", "+rpt_restatements", "+rpt_team_compliance", "--indirect-selection", "cautious"),
        ],
        cwd=place.project,
        env=os.environ | place.environment(),
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout[-4000:]


def figures(rows: list[tuple]) -> Counter:
    """Counts and cents by month, team, commitment, owner and figure."""
    totals: Counter = Counter()
    for *key, kept, missed, excused, amount in rows:
        for name, count in zip(STATUSES, (kept, missed, excused), strict=True):
            totals[*key, name] += count
        totals[*key, "cents"] += round(100 * (amount or 0))
    return Counter({key: count for key, count in totals.items() if count})


@pytest.mark.slow
def test_closed_figures_stay_and_restatements_are_the_difference(demo_copy: Built) -> None:
    home = demo_copy.home
    closed_months = [month for (month,) in query(home, "select month_date from raw.closing__months order by 1")]
    assert [f"{month:%Y-%m}" for month in closed_months][-1] == "2026-09"
    assert len(closed_months) == 12
    before, rows_before = query(home, CLOSED_FIGURES), query(home, CLOSED_ROWS)
    months_before = query(home, SETTLED_MONTHS)
    assert len(before) > 10000
    assert len(months_before) > 50
    # A portal keeps the last assignment of a lead alone: once there is a later one, nobody knows who had it before.
    other_figures = f"select count(*) from reports.rpt_restatements where {MARCH} and reason != 'owner changed'"
    assert query(home, other_figures) == [(0,)]

    write_late_rows(demo_copy)
    rebuild(demo_copy)

    assert query(home, CLOSED_FIGURES) == before
    assert query(home, CLOSED_ROWS) == rows_before
    assert query(home, SETTLED_MONTHS) == months_before
    key = "month_date, team, commitment, owner_id"
    counts = ", ".join(f"count(*) filter (where status = '{status}')" for status in STATUSES)
    changes = ", ".join(f"sum({status}_change)" for status in STATUSES)
    closed = figures(
        query(
            home,
            f"select {key}, {counts}, sum(actual) filter (where kind = 'lead_value') "
            "from marts.fct_reported_commitments where month_date in (select month_date from raw.closing__months) "
            "group by all",
        )
    )
    restated = figures(
        query(home, f"select {key}, {changes}, sum(actual_change_amount) from reports.rpt_restatements group by all")
    )
    present = figures(
        query(
            home,
            f"select {key}, {counts}, sum(actual) filter (where kind = 'lead_value') from marts.fct_commitments "
            "where month_date in (select month_date from raw.closing__months) group by all",
        )
    )
    assert restated
    for name in {*closed, *restated, *present}:
        slack = 2 if name[-1] == "cents" else 0
        assert abs(closed[name] + restated[name] - present[name]) <= slack, name

    by_reason = (
        f"select reason, sum(commitments) from reports.rpt_restatements where {MARCH} and commitment = 'first_contact'"
    )
    reasons = dict(query(home, f"{by_reason} group by reason"))
    assert reasons["arrived late"] == LATE_CONTACTS
    assert reasons["status changed"] > 0
    (value,) = query(
        home,
        "select closed_actual_amount, present_actual_amount, actual_change_amount from reports.rpt_restatements "
        f"where commitment = 'lead_value' and {MARCH} and reason = 'value changed'",
    )
    assert value[1] - value[0] == pytest.approx(value[2])
    assert value[2] > 0


@pytest.mark.parametrize(
    ("month", "expected"), [("2026-10", "2026-10 is not over"), ("2026-03", "2026-03 is already closed (by rule")]
)
def test_the_message_names_what_cannot_be_closed(demo_copy: Built, month: str, expected: str) -> None:
    result = smarketing("close", month, "--company", demo_copy.company, "--home", demo_copy.home)
    assert result.returncode == 2
    assert expected in result.stderr
    assert "Traceback" not in result.stderr
