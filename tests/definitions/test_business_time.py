"""Minutes and due instants in SQL against a walk through every minute, for clocks drawn at random.

So are the absences of their owners, and the calendars that these have of their own.
"""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import pytest

from orchestration import settings
from tests.definitions.drawn_clocks import (
    CALENDARS,
    CLOCKS,
    DAYS,
    MINUTE,
    WINDOWS,
    Clock,
    drawn_calendar,
    drawn_clock,
    due,
    passed,
)
from tests.systems import compiled
from tests.tables import create, fill

pytestmark = pytest.mark.slow

MODELS = ["int_business_calendar", "int_clock_calendars", "int_clocks", "int_clock_pauses", "int_clock_times"]
# The models that these read and that have no contract.
PARENTS = {
    "intermediate.int_as_of": "data_from timestamp, as_of timestamp",
    "intermediate.int_source_ends": "entity varchar, has_times boolean",
    "staging.stg_agreement__company": "time_zone varchar",
    "staging.stg_agreement__versions": "agreement_version varchar, valid_from timestamp, valid_to timestamp",
    "intermediate.int_clock_starts": "journey_id varchar, clock_start varchar, started_at timestamp",
    "intermediate.int_clock_tiers": """journey_id varchar, clock_start varchar, commitment varchar,
        tier_number integer""",
    "intermediate.int_journeys": """journey_id varchar, person_id varchar, owner_id varchar, revenue_stream varchar,
        lead_type varchar, entered_at timestamp, counts_from timestamp, counts_to timestamp, journey_number bigint""",
    "intermediate.int_person_profiles": "person_id varchar, created_at timestamp",
    "intermediate.int_owner_calendars": """owner_id varchar, calendar varchar, valid_from date, valid_to date,
        is_used boolean""",
    "intermediate.int_owner_assignments": """person_id varchar, owner_id varchar, is_assigned boolean,
        owned_from timestamp, owned_until timestamp""",
    "intermediate.int_absences": "owner_id varchar, absent_from timestamp, absent_until timestamp, fault varchar",
    "intermediate.int_clock_stops": """clock_id varchar, agreement_version varchar, calendar varchar,
        clock_type varchar,
        within_minutes bigint, started_at timestamp, stopped_at timestamp, commitment varchar, kind varchar,
        team varchar,
        target_rate double, until_stage varchar, journey_id varchar, revenue_stream varchar, lead_type varchar,
        owner_id varchar, journey_owner_id varchar, stopped_before_at timestamp, excused_at timestamp,
        excused_by varchar, person_id varchar,
        clock_start varchar, is_agreed boolean, journey_entered_at timestamp, is_excused_by_owner boolean,
        own_exit varchar, stopped_by_at timestamp, excused_by_at timestamp, tier varchar, absence varchar""",
}
CALENDARS_OF_CLOCKS = """
    update intermediate.int_clock_stops as stops set calendar = clocks.calendar
    from intermediate.int_clocks as clocks
    where stops.clock_id = clocks.journey_id and stops.commitment = clocks.commitment
"""


def lay_out(connection: duckdb.DuckDBPyConnection, first_day: date, clocks: dict[str, Clock]) -> None:
    """One window: its calendars, each a calendar of one version, and their clocks."""
    as_of = first_day + timedelta(days=DAYS - 400)  # The calendar runs until 400 days after the as-of.
    names = {id(clock.agreed): f"calendar {number // CLOCKS}" for number, clock in enumerate(clocks.values())}
    calendars = {names[id(clock.agreed)]: clock.agreed for clock in clocks.values()}
    hours = ("iso_weekday", "opens_at_minute", "closes_at_minute")
    of = [({"agreement_version": "v1", "calendar": name}, calendar) for name, calendar in calendars.items()]
    rows: dict[str, list[dict[str, Any]]] = {
        "intermediate.int_as_of": [{"data_from": first_day, "as_of": as_of}],
        "raw.agreement__calendar_hours": [
            {**key, "time_zone": calendar.time_zone, **dict(zip(hours, each, strict=True))}
            for key, calendar in of
            for each in calendar.hours
        ],
        "raw.agreement__holidays": [{**key, "holiday_date": day} for key, calendar in of for day in calendar.holidays],
        # Of each calendar a commitment on the business clock, which runs on that of the owner, and one on all hours.
        "raw.agreement__commitments": [
            {**key, "commitment": f"{clock_type} {name}", "kind": "clock", "until_stage": "sql", "clock_start": name}
            | {"clock_type": clock_type, "calendar_of": "owner" if clock_type == "business" else "commitment"}
            for name in calendars
            for key in ({"agreement_version": "v1", "calendar": name},)
            for clock_type in ("business", "calendar")
        ],
        "intermediate.int_clock_starts": [
            {"journey_id": clock_id, "clock_start": names[id(clock.agreed)]}
            | {"started_at": clock.instant(clock.started)}
            for clock_id, clock in clocks.items()
        ],
        "intermediate.int_journeys": [{"journey_id": clock_id, "person_id": clock_id} for clock_id in clocks],
        "intermediate.int_owner_calendars": [
            {"owner_id": f"{clock_id} {owner}", "calendar": names[id(own)], "is_used": True}
            | {"valid_from": date(1, 1, 1), "valid_to": date(9999, 12, 31)}
            for clock_id, clock in clocks.items()
            for owner, own in enumerate(clock.own)
            if own
        ],
        "intermediate.int_clock_stops": [
            {"clock_id": clock_id, "agreement_version": "v1"}
            | {"commitment": f"{clock.clock_type} {names[id(clock.agreed)]}"}
            | {"clock_type": clock.clock_type, "within_minutes": clock.within_minutes}
            | {"started_at": clock.instant(clock.started), "person_id": clock_id}
            | ({"absence": "pauses"} if clock.absences else {})
            | ({} if clock.stopped is None else {"stopped_at": clock.instant(clock.stopped)})
            for clock_id, clock in clocks.items()
        ],
        # The first owner from before the window on, the second from the minute in which they take over.
        "intermediate.int_owner_assignments": [
            {"person_id": clock_id, "owner_id": f"{clock_id} {owner}", "is_assigned": True}
            | {"owned_from": starts, "owned_until": ends}
            for clock_id, clock in clocks.items()
            for handed_on in (clock.instant(clock.handed_on * MINUTE),)
            for owner, starts, ends in ((0, datetime(1, 1, 1), handed_on), (1, handed_on, datetime(9999, 12, 31)))
        ],
        "intermediate.int_absences": [
            {"owner_id": f"{clock_id} {owner}"}
            | {"absent_from": clock.instant(leaves * MINUTE), "absent_until": clock.instant(returns * MINUTE)}
            for clock_id, clock in clocks.items()
            for owner, leaves, returns in clock.absences
        ],
    }
    for table, values in rows.items():
        connection.execute(f"truncate {table}")
        fill(connection, table, values)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Clock, datetime, float | None, float | None]]:
    """Ten thousand clocks, with the due instant and the business minutes that the models give them."""
    chance = random.Random(20260329)
    place = settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("business_time"))
    models = compiled(place, MODELS)
    found = []
    with duckdb.connect(place.warehouse) as connection:
        create(connection, "raw.agreement__calendar_hours", "raw.agreement__holidays", "raw.agreement__commitments")
        for parent, types in PARENTS.items():
            create(connection, parent, types=types)
        fill(connection, "staging.stg_agreement__company", [{"time_zone": "Europe/Rome"}])
        fill(
            connection,
            "staging.stg_agreement__versions",
            [{"agreement_version": "v1", "valid_from": datetime(1, 1, 1), "valid_to": datetime(9999, 12, 31)}],
        )
        ends = [{"entity": entity, "has_times": True} for entity in ("stage_changes", "activities")]
        fill(connection, "intermediate.int_source_ends", ends)
        for first_day, changing in WINDOWS:
            calendars = [drawn_calendar(chance, first_day, changing) for _ in range(CALENDARS)]
            drawn = [drawn_clock(chance, calendar, calendars) for calendar in calendars for _ in range(CLOCKS)]
            clocks = {f"clock {number}": clock for number, clock in enumerate(drawn)}
            lay_out(connection, first_day, clocks)
            for model, sql in models.items():
                connection.execute(f"create or replace table intermediate.{model} as {sql}")
                if model == "int_clocks":
                    connection.execute(CALENDARS_OF_CLOCKS)
            times = """
                select clock_id, due_at, elapsed_business_minutes, elapsed_minutes from intermediate.int_clock_times
            """
            found += [(clocks[clock_id], *rest) for clock_id, *rest in connection.execute(times).fetchall()]
    return found


def test_business_minutes_and_due_instants_are_those_of_the_walk(measured: list) -> None:
    assert len(measured) == len(WINDOWS) * CALENDARS * CLOCKS == 10_000
    for clock, due_at, *minutes in measured:
        assert abs(due_at - clock.instant(due(clock))) <= timedelta(microseconds=due_at.microsecond == 1), clock
        walked = [
            None if clock.stopped is None else passed(clock, clock.stopped, is_business) / MINUTE
            for is_business in (True, False)
        ]
        assert minutes == [pytest.approx(each, abs=1e-9) for each in walked], clock


def test_the_draw_shows_every_kind_of_day(measured: list) -> None:
    kinds = [clock.clock_type for clock, *_ in measured]
    assert kinds.count("business") > 8_000
    assert kinds.count("calendar") > 500
    stopped = [clock for clock, *_ in measured if clock.stopped is not None]
    across = [clock for clock in stopped if clock.offset(clock.started) != clock.offset(clock.stopped)]
    assert len(across) > 1_300, "too few clocks run across a clock change"
    changing = {zone for _, zones in WINDOWS for zone in zones} - {"UTC"}
    assert changing <= {clock.calendar.time_zone for clock in across}
    assert sum(minutes is not None and minutes > 0 for *_, minutes, _ in measured) > 5_000
    overnight = [clock for clock in stopped if any(closes > 1440 for *_, closes in clock.calendar.hours)]
    assert len(overnight) > 5_000, "too few calendars are open over midnight"
    paused = [clock for clock in stopped if clock.runs(False) != [True] * (DAYS * 1440) + [False]]
    assert len(paused) > 2_500, "too few owners are away"
    assert sum(due(clock) != due(replace(clock, absences=[])) for clock in paused) > 1_000, "too few are due later"
    assert sum(0 < clock.handed_on < DAYS * 1440 for clock in paused) > 1_000, "too few are handed on"
    owned = [clock for clock in stopped if clock.calendar is not clock.agreed]
    assert len(owned) > 1_500, "too few owners have a calendar of their own"
    plain = [clock for clock in owned if not clock.absences]
    assert (
        sum(passed(clock, clock.stopped) != passed(replace(clock, own=[None, None]), clock.stopped) for clock in plain)
        > 500
    )
    kept = [clock for clock in owned if clock.handed_on == clock.started // MINUTE + 1]
    assert len(kept) > 300, "too few leads are passed on in the minute after the start"
