"""Business minutes and due instants in SQL against a walk through every minute, for clocks drawn at random.

The walk asks zoneinfo what the wall clock shows in each minute of UTC, and nothing else: no quarters of an hour, no
running sums. The windows hold the days on which clocks change, by an hour, by half of one, at midnight, or by a day.
"""

import itertools
import os
import random
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from orchestration import settings
from tests.systems import assembled
from tests.tables import create, fill

DAYS, CALENDARS, CLOCKS = 5, 200, 5
# The first day of each window, with zones whose clocks change within it.
WINDOWS = [
    (date(2026, 3, 6), ["America/St_Johns", "America/New_York"]),
    (date(2026, 3, 27), ["Europe/Rome", "Atlantic/Azores"]),
    (date(2026, 4, 3), ["Australia/Lord_Howe", "America/Santiago", "Pacific/Chatham"]),
    (date(2026, 9, 4), ["America/Santiago"]),
    (date(2026, 10, 2), ["Australia/Lord_Howe", "Australia/Adelaide"]),
    (date(2025, 10, 24), ["Europe/Rome", "Europe/London"]),
    (date(2025, 10, 31), ["America/St_Johns", "America/New_York"]),
    (date(2011, 12, 28), ["Pacific/Apia"]),
    (date(2011, 9, 22), ["Pacific/Apia", "Pacific/Chatham"]),
    (date(2026, 1, 1), ["UTC"]),
]
ZONES = ["Asia/Kolkata", "Asia/Kathmandu", "Europe/Rome", "America/Los_Angeles", "Pacific/Apia", "UTC"]
# The models that these two read and that have no contract.
PARENTS = {
    "intermediate.int_as_of": "data_from timestamp, as_of timestamp",
    "intermediate.int_source_ends": "entity varchar, has_times boolean",
    "staging.stg_agreement__company": "time_zone varchar",
    "intermediate.int_clock_stops": """clock_id varchar, agreement_version varchar, calendar varchar,
        clock_type varchar,
        within_minutes bigint, started_at timestamp, stopped_at timestamp, commitment varchar, kind varchar,
        team varchar,
        target_rate double, until_stage varchar, journey_id varchar, revenue_stream varchar, lead_type varchar,
        owner_id varchar, stopped_before_at timestamp, excused_at timestamp, excused_by varchar, person_id varchar,
        clock_start varchar, is_agreed boolean, journey_entered_at timestamp, is_excused_by_owner boolean,
        own_exit varchar, stopped_by_at timestamp, excused_by_at timestamp""",
}
MINUTE = 60_000_000


@dataclass
class Calendar:
    """A drawn calendar, and whether it is open in each minute of its window."""

    first_day: date
    time_zone: str
    hours: list[tuple[int, int, int]]
    holidays: set[date]
    open: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        working = {(day, minute) for day, opens, closes in self.hours for minute in range(opens, closes)}
        self.open = [
            local_date not in self.holidays and (weekday, minute) in working
            for local_date, weekday, minute in wall_clock(self.first_day, self.time_zone)
        ]
        self.open.append(False)  # The first minute after the window.


@dataclass
class Clock:
    """A drawn clock; its instants are microseconds since the window began."""

    calendar: Calendar
    clock_type: str
    within_minutes: int
    started: int
    stopped: int | None

    def instant(self, microseconds: int) -> datetime:
        return datetime.combine(self.calendar.first_day, time()) + timedelta(microseconds=microseconds)

    def offset(self, microseconds: int) -> timedelta | None:
        """The offset of the wall clock from UTC."""
        instant = self.instant(microseconds).replace(tzinfo=UTC)
        return instant.astimezone(ZoneInfo(self.calendar.time_zone)).utcoffset()


@cache
def wall_clock(first_day: date, time_zone: str) -> list[tuple[date, int, int]]:
    """The local date, weekday and minute of the day in every minute of UTC of a window."""
    begins, zone = datetime(first_day.year, first_day.month, first_day.day, tzinfo=UTC), ZoneInfo(time_zone)
    local = [(begins + timedelta(minutes=minute)).astimezone(zone) for minute in range(DAYS * 1440)]
    return [(at.date(), at.isoweekday(), at.hour * 60 + at.minute) for at in local]


def open_time(clock: Clock, until: int) -> int:
    """The walk: the open minutes between the start and an instant, and the parts of the first and the last."""
    first, last, is_open = clock.started // MINUTE, until // MINUTE, clock.calendar.open
    if first == last:
        return is_open[first] * (until - clock.started)
    begun, ended = (first + 1) * MINUTE - clock.started, until - last * MINUTE
    return is_open[first] * begun + sum(is_open[first + 1 : last]) * MINUTE + is_open[last] * ended


def due(clock: Clock) -> int:
    """The first instant at which the allowed time has passed."""
    left = clock.within_minutes * MINUTE
    if clock.clock_type == "calendar":
        return clock.started + left
    for minute in range(clock.started // MINUTE, DAYS * 1440):
        if clock.calendar.open[minute]:
            begins = max(minute * MINUTE, clock.started)
            if (minute + 1) * MINUTE - begins >= left:
                return begins + left
            left -= (minute + 1) * MINUTE - begins
    raise AssertionError("drawn so that it falls due within the window")


def drawn_calendar(chance: random.Random, first_day: date, changing: list[str]) -> Calendar:
    hours = []
    for weekday in range(1, 8):
        if chance.random() < 0.8:
            # Up to four stretches of work; two may touch, and one may begin or end at midnight.
            quarters = sorted(chance.sample(range(97), 2 * chance.randrange(1, 5)))
            pairs = list(itertools.pairwise(quarters))[::2]
            if chance.random() < 0.2:
                pairs[0] = (0, pairs[0][1])
            if chance.random() < 0.2:
                pairs = list(itertools.pairwise(quarters))
            hours += [(weekday, opens * 15, closes * 15) for opens, closes in pairs]
    days = [first_day + timedelta(days=number) for number in range(-1, DAYS + 1)]
    holidays = {day for day in days if chance.random() < 0.12}
    zone = chance.choice(changing if chance.random() < 0.6 else ZONES)
    return Calendar(first_day, zone, hours or [(1, 0, 15)], holidays)


def drawn_instant(chance: random.Random, first: int) -> int:
    """An instant within the window, not before another one; about a quarter of an hour, or anywhere; no bare date."""
    last = DAYS * 1440 * MINUTE - 1
    on_quarter = chance.randrange(DAYS * 96) * 15 * MINUTE
    beside = on_quarter + chance.choice([-1, 1]) * chance.choice([1, 1_000_000])
    drawn = chance.choice([on_quarter, beside, chance.randrange(last), first + chance.randrange(1440 * MINUTE)])
    return min(max(drawn + 2 * (drawn % (60 * MINUTE) < 2), first), last)


def drawn_clock(chance: random.Random, calendar: Calendar) -> Clock:
    clock = Clock(calendar, "business", 0, drawn_instant(chance, 0), None)
    if chance.random() < 0.95:
        clock.stopped = drawn_instant(chance, clock.started)
    left = open_time(clock, DAYS * 1440 * MINUTE) // MINUTE
    if left == 0 or chance.random() < 0.1:
        clock.clock_type, clock.within_minutes = "calendar", chance.randrange(1, 10_000)
    else:
        # All that is left, whole quarters (due at a closing time), or any number of minutes.
        clock.within_minutes = chance.choice([left, max(left // 15 * 15 // 2, 1), chance.randrange(1, left + 1)])
    return clock


def compiled(place: settings.Settings) -> list[tuple[str, str]]:
    """The two models as SQL for this warehouse."""
    models = ["int_business_calendar", "int_clock_times"]
    command = [settings.dbt_executable(), "compile", "--quiet", "--select", *models]
    subprocess.run(
        [*command, "--target-path", str(place.dbt_target), "--log-path", str(place.logs)],
        cwd=assembled(place),
        env=os.environ | place.environment(),
        check=True,
    )
    files = {path.stem: path for path in (place.dbt_target / "compiled").rglob("int_*.sql")}
    return [(model, files[model].read_text()) for model in models]


def lay_out(connection: duckdb.DuckDBPyConnection, first_day: date, clocks: dict[str, Clock]) -> None:
    """One window: its calendars, each a calendar of one version, and their clocks."""
    as_of = first_day + timedelta(days=DAYS - 400)  # The calendar runs until 400 days after the as-of.
    names = {id(clock.calendar): f"calendar {number // CLOCKS}" for number, clock in enumerate(clocks.values())}
    calendars = {names[id(clock.calendar)]: clock.calendar for clock in clocks.values()}
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
        "intermediate.int_clock_stops": [
            {"clock_id": clock_id, "agreement_version": "v1", "calendar": names[id(clock.calendar)]}
            | {"clock_type": clock.clock_type, "within_minutes": clock.within_minutes}
            | {"started_at": clock.instant(clock.started)}
            | ({} if clock.stopped is None else {"stopped_at": clock.instant(clock.stopped)})
            for clock_id, clock in clocks.items()
        ],
    }
    for table, values in rows.items():
        connection.execute(f"truncate {table}")
        fill(connection, table, values)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Clock, datetime, float | None]]:
    """Ten thousand clocks, with the due instant and the business minutes that the models give them."""
    chance = random.Random(20260329)
    place = settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("business_time"))
    models = compiled(place)
    found = []
    with duckdb.connect(place.warehouse) as connection:
        create(connection, "raw.agreement__calendar_hours", "raw.agreement__holidays")
        for parent, types in PARENTS.items():
            create(connection, parent, types=types)
        fill(connection, "staging.stg_agreement__company", [{"time_zone": "Europe/Rome"}])
        ends = [{"entity": entity, "has_times": True} for entity in ("stage_changes", "activities")]
        fill(connection, "intermediate.int_source_ends", ends)
        for first_day, changing in WINDOWS:
            calendars = [drawn_calendar(chance, first_day, changing) for _ in range(CALENDARS)]
            drawn = [drawn_clock(chance, calendar) for calendar in calendars for _ in range(CLOCKS)]
            clocks = {f"clock {number}": clock for number, clock in enumerate(drawn)}
            lay_out(connection, first_day, clocks)
            for model, sql in models:
                connection.execute(f"create or replace table intermediate.{model} as {sql}")
            times = "select clock_id, due_at, elapsed_business_minutes from intermediate.int_clock_times"
            found += [(clocks[clock_id], *rest) for clock_id, *rest in connection.execute(times).fetchall()]
    return found


def test_business_minutes_and_due_instants_are_those_of_the_walk(measured: list) -> None:
    assert len(measured) == len(WINDOWS) * CALENDARS * CLOCKS == 10_000
    for clock, due_at, minutes in measured:
        assert abs(due_at - clock.instant(due(clock))) <= timedelta(microseconds=due_at.microsecond == 1), clock
        passed = None if clock.stopped is None else open_time(clock, clock.stopped) / MINUTE
        assert minutes == pytest.approx(passed, abs=1e-9), clock


def test_the_draw_shows_every_kind_of_day(measured: list) -> None:
    kinds = [clock.clock_type for clock, *_ in measured]
    assert kinds.count("business") > 8_000
    assert kinds.count("calendar") > 500
    stopped = [clock for clock, *_ in measured if clock.stopped is not None]
    across = [clock for clock in stopped if clock.offset(clock.started) != clock.offset(clock.stopped)]
    assert len(across) > 1_300, "too few clocks run across a clock change"
    changing = {zone for _, zones in WINDOWS for zone in zones} - {"UTC"}
    assert changing <= {clock.calendar.time_zone for clock in across}
    assert sum(minutes is not None and minutes > 0 for *_, minutes in measured) > 5_000
