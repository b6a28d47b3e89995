"""The quarter after a real one, and the review of it, counted in plain Python.

Belongs here: the events of the next quarter (of its own folder if it is beside the project, else those of the known one
again, 92 days later, as other cases), and what a review of that quarter and its targets have to be.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.end_to_end.conftest import Built
from tests.end_to_end.quarters_of_leads import kaplan_meier

LATER, HORIZON = timedelta(days=92), 30
KNOWN, NEXT = (date(2011, 10, 1), date(2011, 12, 31)), (date(2012, 1, 1), date(2012, 3, 31))
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
STEPS = {"A_SUBMITTED": "lead", "A_PREACCEPTED": "mql", "A_ACCEPTED": "sql"}


def write_later_quarter(known: Path, target: Path, later: Path | None) -> Path:
    """The events of the quarter that follows, as a file of the same columns."""
    rows = list(_events(later or known))
    if later is None:
        for row in rows:
            row["case_id"] = f"9{row['case_id']}"
            for column in ("reg_date", "timestamp"):
                row[column] = (_instant(row[column]) + LATER).isoformat(timespec="milliseconds")
    with gzip.open(target, "wt", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return target


def hold_next_quarter(after: Built, known: Path, later: Path) -> None:
    """The quarter by the version that was proposed on 6 January from the quarter before it, and signed."""
    found = after.query("""
        select revenue_stream, from_stage, entered, converted, round(measured_rate * within_horizon_rate, 9),
            agreed_rate
        from reports.rpt_review_rates
        where review_period = 'quarter' and period_from = '2012-01-01' and agreement_version = '2012-02'
            and from_stage in ('lead', 'mql')
    """)
    january = followed_leads(KNOWN, known, until=datetime(2012, 1, 6, 12, tzinfo=UTC))
    proposed = {key: round(1 - kaplan_meier(leads, HORIZON)[0], 4) for key, leads in january.items()}
    proposed["large_loans", "mql"] = 0.70  # 971 of 1,369 do not contradict what was agreed
    in_quarter = followed_leads(NEXT, known, later)
    assert {row[:2]: row[2:] for row in found} == {
        key: (len(leads), *_reached(leads), proposed[key]) for key, leads in in_quarter.items()
    }
    # By hand, from 41.87 %, 62.4 % and 69.49 %, and deals of 5,550, 12,000 and 26,819 (181, 167 and 150 a month):
    # 1,469, 794 and 674 leads a month, each worth its part of the quota.
    february = followed_leads((date(2012, 2, 1), date(2012, 2, 29)), known, later)
    worth = {"small_loans": (1_000_000, 1469), "medium_loans": (2_000_000, 794), "large_loans": (4_000_000, 674)}
    delivered = after.query("""
        select revenue_stream, agreement_version, sum(actual)::double from marts.fct_reported_commitments
        where kind = 'lead_value' and month_date = '2012-02-01' group by all
    """)
    assert {row[0]: row[1:] for row in delivered} == {
        stream: ("2012-02", pytest.approx(len(february[stream, "lead"]) * amount / leads, abs=0.01))
        for stream, (amount, leads) in worth.items()
    }


def followed_leads(
    quarter: tuple[date, date], *files: Path, until: datetime = datetime(2100, 1, 1, tzinfo=UTC)
) -> dict[tuple[str, str], list[tuple[int, bool]]]:
    """By revenue stream and stage that was entered in the quarter: the days until the next stage, or until the end of
    what is known, and whether the next stage was reached.
    """
    reached: dict[str, dict[str, datetime]] = defaultdict(dict)
    amounts = {}
    for row in (row for file in files for row in _events(file)):
        at = _instant(row["timestamp"])
        if (stage := STEPS.get(row["activity"])) and at <= until:
            amounts[row["case_id"]] = int(row["amount_req"])
            reached[row["case_id"]][stage] = min(at, reached[row["case_id"]].get(stage, at))
    found = defaultdict(list)
    for case, times in reached.items():
        for stage, following in (("lead", "mql"), ("mql", "sql")):
            if stage in times and quarter[0] <= _day(times[stage]) <= quarter[1]:
                days = (_day(times.get(following, until)) - _day(times[stage])).days
                found[_stream(amounts[case]), stage].append((days, following in times))
    return found


def _reached(leads: list[tuple[int, bool]]) -> tuple[int, float]:
    """How many have reached the next stage, and the share that has within the horizon: all had the time."""
    soon = sum(is_reached and days <= HORIZON for days, is_reached in leads)
    return sum(is_reached for _, is_reached in leads), round(soon / len(leads), 9)


def _day(instant: datetime) -> date:
    return instant.astimezone(AMSTERDAM).date()


def _stream(amount: int) -> str:
    return "small_loans" if amount <= 7500 else "medium_loans" if amount <= 15000 else "large_loans"


def _events(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", newline="") as rows:
        yield from csv.DictReader(rows)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
