"""The findings of the demo's 2026-Q3 counted again, in plain Python, from the marts and the text of the agreement.

Belongs here: loops that share nothing with the models of the findings. What a kind of finding needs is tested with hand
tables in dbt (rpt_review_findings.yml).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from tests.end_to_end.conftest import Built

pytestmark = pytest.mark.end_to_end

MONTHS = [date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)]
ROME = ZoneInfo("Europe/Rome")
# milan_office of the agreement; no holiday falls on a weekday of the quarter.
HOURS = {weekday: [(9, 13), (14, 17 if weekday == 4 else 18)] for weekday in range(5)}


@pytest.fixture(scope="module")
def copy(demo: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(demo.copy), read_only=True) as connection:
        yield connection


def rows(copy: duckdb.DuckDBPyConnection, table: str, condition: str = "true") -> list[dict[str, Any]]:
    cursor = copy.execute(f"select * from {table} where {condition}")
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def found(copy: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    this = "review_period = 'quarter' and period_from = date '2026-07-01'"
    return {row["finding"]: row for row in rows(copy, "reports.rpt_review_findings", this)}


def opening(instant: datetime) -> datetime | None:
    """When the office opens next; None if it is open."""
    local = instant.replace(tzinfo=UTC).astimezone(ROME)
    for days in range(5):
        day = local.date() + timedelta(days=days)
        for opens, closes in HOURS.get(day.weekday(), []):
            starts, ends = (datetime(day.year, day.month, day.day, hour, tzinfo=ROME) for hour in (opens, closes))
            if starts <= local < ends:
                return None
            if starts > local:
                return starts.astimezone(UTC).replace(tzinfo=None)
    raise AssertionError(instant)


def is_explained(clock: dict[str, Any], pieces: list[dict[str, Any]], kinds: set[str]) -> bool:
    """Who had the lead when it fell due was one of these, or it was in time without the time that they had it."""
    theirs = [piece for piece in pieces if piece["time_of"] in kinds]
    if any(piece["is_owner_when_due"] for piece in theirs):
        return True
    left = sum(piece["held_minutes"] for piece in pieces) - sum(piece["held_minutes"] for piece in theirs)
    return clock["stopped_at"] is not None and any(p["held_minutes"] for p in theirs) and left <= clock["target"]


def causes(copy: duckdb.DuckDBPyConnection, commitment: str) -> Counter[str]:
    """Of the missed clocks of the quarter."""
    held = defaultdict(list)
    for piece in rows(copy, "marts.fct_clock_owners"):
        held[piece["commitment_id"]].append(piece)
    tried = {row["journey_id"] for row in rows(copy, "marts.fct_handoffs") if row["first_attempt_at"]}
    journeys = {
        row["commitment_id"]: row["journey_id"] for row in rows(copy, "marts.fct_commitments", "kind = 'clock'")
    }
    counted: Counter[str] = Counter()
    for clock in rows(copy, "marts.fct_reported_commitments", "kind = 'clock' and status = 'missed'"):
        if clock["commitment"] != commitment or clock["month_date"] not in MONTHS:
            continue
        opens, pieces = opening(clock["started_at"]), held[clock["commitment_id"]]
        counted["all"] += 1
        if is_explained(clock, pieces, {"system"}):
            counted["late assignment"] += 1
        elif is_explained(clock, pieces, {"absent", "cover"}):
            counted["absence"] += 1
        elif clock["stopped_at"] is None:
            counted["no answer" if journeys[clock["commitment_id"]] in tried else "never touched"] += 1
        elif opens is not None and clock["stopped_at"] <= opens + timedelta(minutes=clock["target"]):
            counted["after hours"] += 1
    return counted


@pytest.mark.parametrize("tier", ["quote requests", "all others"])
def test_the_causes_of_missed_clocks(copy: duckdb.DuckDBPyConnection, tier: str) -> None:
    commitment = f"first_contact ({tier})"
    counted, of_review = causes(copy, commitment), found(copy)
    for cause in ("after hours", "never touched"):
        finding = of_review[f"breach/{commitment}/{cause}".replace(" ", "_")]
        assert (round(finding["value"] * finding["cases"]), finding["cases"]) == (counted[cause], counted["all"])


def test_a_lead_type_below_its_target(copy: duckdb.DuckDBPyConnection) -> None:
    of_type = "revenue_stream = 'enterprise' and lead_type = 'event'"
    values = [
        row["lead_value"]
        for row in rows(copy, "marts.fct_handoffs", of_type)
        if row["is_counted"]
        and not row["is_given_back"]
        and date(2026, 7, 1) <= row["handed_over_date"] < date(2026, 10, 1)
    ]
    targets = {
        row["month_date"]: row["month_target_amount"] for row in rows(copy, "marts.fct_lead_delivery_daily", of_type)
    }
    finding = found(copy)["delivery/lead_value/enterprise/event"]
    assert finding["cases"] == len(values)
    assert finding["value"] == pytest.approx(sum(values), abs=0.01)
    assert finding["compared_value"] == pytest.approx(sum(targets[month] for month in MONTHS), abs=0.01)


def test_promises_that_nobody_kept_and_missed_months(copy: duckdb.DuckDBPyConnection) -> None:
    kept, due = Counter[tuple[str, date, str | None]](), Counter[tuple[str, date, str | None]]()
    for row in rows(copy, "marts.fct_reported_commitments", "kind in ('clock', 'cadence')"):
        if row["status"] in ("kept", "missed"):
            for owner in (row["owner_id"], None):
                key = (row["commitment"], row["month_date"], owner)
                due[key] += 1
                kept[key] += row["status"] == "kept"
    finding = found(copy)["promise/never_kept/first_contact (quote requests)"]
    shares = [
        kept[key] / number
        for key, number in due.items()
        if key[0] == finding["commitment"] and key[1] in MONTHS and key[2] and number >= 5
    ]
    assert len(shares) >= 9
    assert max(shares) < finding["compared_value"]
    assert finding["value"] == pytest.approx(
        sum(kept[finding["commitment"], month, None] for month in MONTHS) / finding["cases"], abs=1e-9
    )
    running = found(copy)["promise/missed_running/first_contact (all others)"]
    for month in MONTHS:
        key = ("first_contact (all others)", month, None)
        assert kept[key] / due[key] < 0.9
    assert running["cases"] == 3
    last = ("first_contact (all others)", MONTHS[-1], None)
    assert running["value"] == pytest.approx(kept[last] / due[last])


def test_what_came_of_the_forecast(copy: duckdb.DuckDBPyConnection) -> None:
    won = [
        row["amount_reporting"]
        for row in rows(copy, "marts.fct_opportunities", "status = 'won'")
        if date(2026, 7, 1) <= row["closed_date"] < date(2026, 10, 1)
    ]
    finding = found(copy)["forecast/quarter"]
    assert (finding["cases"], finding["value"]) == (len(won), pytest.approx(float(sum(won))))
    assert finding["value"] < finding["value_low"]


def test_the_best_month_of_each_rep(copy: duckdb.DuckDBPyConnection) -> None:
    leads = Counter(
        (row["owner_id"], row["revenue_stream"], row["handed_over_date"].replace(day=1))
        for row in rows(copy, "marts.fct_handoffs")
        if row["handed_over_date"] < date(2026, 10, 1)
    )
    reps = rows(copy, "reports.rpt_rep_targets")
    assert len(reps) == 8
    for rep in reps:
        months = [number for key, number in leads.items() if key[:2] == (rep["owner_id"], rep["revenue_stream"])]
        assert (rep["best_leads"], rep["month_leads"]) == (max(months), pytest.approx(sum(months) / rep["months"]))
        assert rep["is_leads_above_own"] == (rep["target_leads"] > max(months))
