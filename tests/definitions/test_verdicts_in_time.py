"""The macros that evaluate commitments: golden sets calculated manually, and sets drawn at random, each at a series of
instants.

The drawn sets show what the definition guarantees: whatever becomes of the open commitments, the final attainment is
within the bounds that were reported before, and a reported status is never reversed by waiting.
"""

import json
import os
import random
import subprocess
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
import yaml

from orchestration import settings
from tests.definitions.verdicts_by_hand import ENDS, FIGURES, STARTS, Promise, Set, drawn, figures
from tests.systems import assembled

BY_HAND = Path(__file__).parent / "verdict_cases.yml"
# Sets of promises computed independently are beside the project; without them their test is skipped.
BESIDE = settings.PROJECT.parent / "shared" / "reference" / "fair_cases.json"
SETS = 3_000
TABLES = """
create table sets (set_id bigint, ends_at timestamp, target double);
create table promises (set_id bigint, started_at timestamp, due_at timestamp, kept_at timestamp, excused_at timestamp);
create table moments (set_id bigint, as_of timestamp);
"""
# How a report uses the macros: the promises that have begun, as far as they are known then, evaluated and counted.
EVALUATED = """
with
    known as (
        select
            moments.set_id,
            moments.as_of,
            promises.due_at,
            case when promises.kept_at <= moments.as_of then promises.kept_at end as kept_at,
            case when promises.excused_at <= moments.as_of then promises.excused_at end as excused_at
        from moments
        inner join promises on moments.set_id = promises.set_id and promises.started_at <= moments.as_of
    ),
    evaluated as (
        select *, {{ commitment_status("kept_at", "due_at", "excused_at", "as_of") }} as status
        from known
    ),
    counted as (
        select
            moments.set_id,
            moments.as_of,
            sets.target,
            moments.as_of >= sets.ends_at as has_ended,
            count(*) filter (evaluated.status = 'kept') as kept,
            count(*) filter (evaluated.status = 'missed') as missed,
            count(*) filter (evaluated.status = 'excused') as excused,
            count(*) filter (evaluated.status = 'early') as early,
            count(*) filter (evaluated.status = 'open') as open
        from moments
        inner join sets on moments.set_id = sets.set_id
        left join evaluated on moments.set_id = evaluated.set_id and moments.as_of = evaluated.as_of
        group by all
    ),
    bounded as (
        select
            *,
            has_ended and early + open = 0 as is_final,
            {{ attainment("kept", "missed") }} as attainment,
            {{ attainment_low("kept", "missed", "early", "open") }} as attainment_low,
            {{ attainment_high("kept", "missed", "early", "open") }} as attainment_high
        from counted
    )
select *, {{ period_status("has_ended", "attainment_low", "attainment_high", "target") }} as status
from bounded
"""


def golden() -> list[tuple[str, Set, list[tuple]]]:
    """The golden sets, each with its name and the figures at its moments."""
    found = []
    for name, case in yaml.safe_load(BY_HAND.read_text()).items():
        promises = [Promise(*map(instant, moments)) for count, *moments in case["promises"] for _ in range(count)]
        results = case["results"]
        moments = [instant(as_of) for as_of, *_ in results]
        found.append((name, Set(promises, case["target"], moments), [tuple(row[1:]) for row in results]))
    return found


def beside() -> list[tuple[str, Set, list[tuple]]]:
    """The independently computed sets beside the project, in the same format."""
    found = []
    for case in json.loads(BESIDE.read_text()) if BESIDE.is_file() else []:
        assert case["period_from"] == STARTS.isoformat()
        kinds = ("started_at", "due_at", "kept_at", "excused_at")
        promises = [Promise(*(whole(one[kind]) for kind in kinds)) for one in case["promises"]]
        moments = [datetime.fromisoformat(at["as_of"]) for at in case["at"]]
        one = Set(promises, case["target"], moments, datetime.fromisoformat(case["period_to"]))
        results = [at | {"status": at["verdict"]} for at in case["at"]]
        found.append((f"case {case['case']}", one, [tuple(at[name] for name in FIGURES) for at in results]))
    return found


def instant(text: str | None) -> datetime | None:
    """A day of 2026, or its minute, as verdict_cases.yml writes it."""
    return None if text is None else datetime.fromisoformat(f"2026-{text}")


def whole(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def compiled(place: settings.Settings) -> str:
    """EVALUATED as SQL for this warehouse."""
    places = ["--target-path", str(place.dbt_target), "--log-path", str(place.logs)]
    result = subprocess.run(
        [settings.dbt_executable(), "compile", "--quiet", "--no-introspect", "--inline", EVALUATED, *places],
        cwd=assembled(place),
        env=os.environ | place.environment(),
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> str:
    return compiled(settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("statuses")))


def evaluate(sql: str, sets: list[Set]) -> list[list[tuple]]:
    """FIGURES of each set at each of its moments, by the project's macros, in one query."""
    rows = {
        "sets": [(number, one.ends_at, one.target) for number, one in enumerate(sets)],
        "promises": [
            (number, promise.started_at, promise.due_at, promise.kept_at, promise.excused_at)
            for number, one in enumerate(sets)
            for promise in one.promises
        ],
        "moments": [(number, as_of) for number, one in enumerate(sets) for as_of in one.moments],
    }
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        for table, values in rows.items():
            if values:
                lists = [list(column) for column in zip(*values, strict=True)]
                places = ", ".join("unnest(?)" for _ in lists)
                connection.execute(f"insert into {table} select {places}", lists)
        result = connection.execute(f"select set_id, as_of, {', '.join(FIGURES)} from ({sql})")
        found = {(set_id, as_of): tuple(figures) for set_id, as_of, *figures in result.fetchall()}
    return [[found[number, as_of] for as_of in one.moments] for number, one in enumerate(sets)]


@pytest.fixture(scope="module")
def seen(sql: str) -> list[tuple[Set, list[dict]]]:
    """The drawn sets with the figures by name at each of their moments, the last of which is after everything."""
    chance = random.Random(20261009)
    sets = [drawn(chance) for _ in range(SETS)]
    rows = evaluate(sql, sets)
    return [(one, [dict(zip(FIGURES, row, strict=True)) for row in its]) for one, its in zip(sets, rows, strict=True)]


@pytest.mark.parametrize("cases", [golden, beside])
def test_golden_sets(sql: str, cases: Callable[[], list[tuple[str, Set, list[tuple]]]]) -> None:
    named = cases()
    if not named:
        pytest.skip(f"without {BESIDE}")
    found = evaluate(sql, [one for _, one, _ in named])
    for (name, one, expected), rows in zip(named, found, strict=True):
        for as_of, row, wanted in zip(one.moments, rows, expected, strict=True):
            assert row == pytest.approx(wanted, abs=1e-6), (name, as_of)


def test_the_golden_sets_are_those_of_the_second_opinion() -> None:
    for name, one, expected in [*golden(), *beside()]:
        for as_of, wanted in zip(one.moments, expected, strict=True):
            row = figures(one.promises, one.ends_at, one.target, as_of)
            assert row == pytest.approx(wanted, abs=1e-6), (name, as_of)


def test_drawn_sets_are_evaluated_as_in_python(seen: list[tuple[Set, list[dict]]]) -> None:
    for one, rows in seen:
        for as_of, row in zip(one.moments, rows, strict=True):
            assert tuple(row.values()) == figures(one.promises, one.ends_at, one.target, as_of), (one, as_of)


def test_the_final_attainment_is_within_the_bounds_reported_before(seen: list[tuple[Set, list[dict]]]) -> None:
    for one, rows in seen:
        final = rows[-1]["attainment"]
        assert rows[-1]["is_final"]
        for as_of, row in zip(one.moments, rows, strict=True):
            # Before the period has ended, promises may begin that the bounds do not include.
            if final is not None and as_of >= ENDS and row["attainment_low"] is not None:
                assert row["attainment_low"] <= final <= row["attainment_high"], (one, as_of)
            if row["is_final"]:
                assert row["attainment"] == row["attainment_low"] == row["attainment_high"] == final, (one, as_of)


def test_a_reported_status_is_never_reversed(seen: list[tuple[Set, list[dict]]]) -> None:
    for one, rows in seen:
        for (_, before), (as_of, after) in pairwise(zip(one.moments, rows, strict=True)):
            if before["status"] != "running":
                assert after["status"] == before["status"], (one, as_of)
        assert rows[-1]["status"] != "running"


def test_the_draw_shows_every_class_and_status(seen: list[tuple[Set, list[dict]]]) -> None:
    rows = [row for _, its in seen for row in its]
    for name in ("kept", "missed", "excused", "early", "open"):
        assert sum(row[name] > 0 for row in rows) > 1_000, name
    early = [row["status"] for row in rows if not row["is_final"]]
    assert min(early.count(status) for status in ("met", "missed", "running")) > 100
    assert sum(row["status"] == "not_evaluated" for row in rows) > 500
