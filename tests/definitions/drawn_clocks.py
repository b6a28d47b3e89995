"""Clocks drawn at random, and the walk through every minute to when each is due and how long it took.

The walk asks zoneinfo what the wall clock shows in each minute of UTC, and nothing else: no quarters of an hour, no
running sums. The windows hold the days on which clocks change, by an hour, by half of one, at midnight, or by a day.
"""

import itertools
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

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
            (local_date not in self.holidays and (weekday, minute) in working)
            # Hours that began on the day before, which closes them if it was a holiday.
            or (
                local_date - timedelta(days=1) not in self.holidays
                and ((weekday - 2) % 7 + 1, minute + 1440) in working
            )
            for local_date, weekday, minute in wall_clock(self.first_day, self.time_zone)
        ]
        self.open.append(False)  # The first minute after the window.


@dataclass
class Clock:
    """A drawn clock; its instants are microseconds since the window began."""

    agreed: Calendar
    """The calendar of the commitment."""
    clock_type: str
    within_minutes: int
    started: int
    stopped: int | None
    handed_on: int = 0
    """The minute in which the second owner takes over from the first."""
    absences: list[tuple[int, int, int]] = field(default_factory=list)
    """Owner (0 or 1), and the first minute in which they are away and the first in which they are back."""
    own: list[Calendar | None] = field(default_factory=lambda: [None, None])
    """The calendar that each owner has of their own."""

    @property
    def calendar(self) -> Calendar:
        """The one on which it runs: of a business clock that of who had the lead in the minute in which it started."""
        own = self.own[self.started // MINUTE >= self.handed_on]
        return own if own and self.clock_type == "business" else self.agreed

    def runs(self, is_business: bool) -> list[bool]:
        """Whether the clock runs in each minute of the window: it is open, and the owner of that minute is there."""
        away = {
            minute
            for owner, leaves, returns in self.absences
            for minute in range(leaves, returns)
            if owner == (minute >= self.handed_on)
        }
        hours = self.calendar.open if is_business else [True] * (DAYS * 1440) + [False]
        return [is_open and minute not in away for minute, is_open in enumerate(hours)] if away else hours

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


def passed(clock: Clock, until: int, is_business: bool = True) -> int:
    """The walk: the minutes that count between the start and an instant, and the parts of the first and the last."""
    first, last, runs = clock.started // MINUTE, until // MINUTE, clock.runs(is_business)
    if first == last:
        return runs[first] * (until - clock.started)
    begun, ended = (first + 1) * MINUTE - clock.started, until - last * MINUTE
    return runs[first] * begun + sum(runs[first + 1 : last]) * MINUTE + runs[last] * ended


def due(clock: Clock) -> int:
    """The first instant at which the allowed time has passed."""
    left, runs = clock.within_minutes * MINUTE, clock.runs(clock.clock_type == "business")
    for minute in range(clock.started // MINUTE, DAYS * 1440):
        if runs[minute]:
            begins = max(minute * MINUTE, clock.started)
            if (minute + 1) * MINUTE - begins >= left:
                return begins + left
            left -= (minute + 1) * MINUTE - begins
    if clock.clock_type == "calendar":
        return DAYS * 1440 * MINUTE + left  # Nobody is away after the window.
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
    hours = [
        (weekday, opens, drawn_closing(chance, hours, weekday, opens) if closes == latest(hours, weekday) else closes)
        for weekday, opens, closes in hours
    ]
    days = [first_day + timedelta(days=number) for number in range(-2, DAYS + 1)]
    holidays = {day for day in days if chance.random() < 0.12}
    zone = chance.choice(changing if chance.random() < 0.6 else ZONES)
    return Calendar(first_day, zone, hours or [(1, 0, 15)], holidays)


def latest(hours: list[tuple[int, int, int]], weekday: int) -> int:
    return max(closes for day, _, closes in hours if day == weekday)


def drawn_closing(chance: random.Random, hours: list[tuple[int, int, int]], weekday: int, opens: int) -> int:
    """For the last hours of a day: their closing, often after midnight, at the latest when the next day opens."""
    next_opens = min((begins for day, begins, _ in hours if day == weekday % 7 + 1), default=1440)
    most = min(next_opens, opens - 735) // 15
    if most < 1 or chance.random() < 0.4:
        return latest(hours, weekday)
    return 1440 + 15 * (most if chance.random() < 0.3 else chance.randrange(1, most + 1))


def drawn_instant(chance: random.Random, first: int) -> int:
    """An instant within the window, not before another one; about a quarter of an hour, or anywhere; no bare date."""
    last = DAYS * 1440 * MINUTE - 1
    on_quarter = chance.randrange(DAYS * 96) * 15 * MINUTE
    beside = on_quarter + chance.choice([-1, 1]) * chance.choice([1, 1_000_000])
    drawn = chance.choice([on_quarter, beside, chance.randrange(last), first + chance.randrange(1440 * MINUTE)])
    return min(max(drawn + 2 * (drawn % (60 * MINUTE) < 2), first), last)


def drawn_clock(chance: random.Random, calendar: Calendar, others: list[Calendar]) -> Clock:
    clock = Clock(calendar, "business", 0, drawn_instant(chance, 0), None)
    if chance.random() < 0.95:
        clock.stopped = drawn_instant(chance, clock.started)
    if chance.random() < 0.5:
        clock.handed_on = chance.choice([0, chance.randrange(DAYS * 1440)])
        for owner in (0, 1):
            # Away for hours or days, once or twice; two absences may touch, and one may begin or end with a quarter.
            ends = sorted(chance.choice([drawn // 15 * 15, drawn]) for drawn in chance.sample(range(DAYS * 1440), 4))
            pairs = [(ends[0], ends[1]), (ends[1] if chance.random() < 0.3 else ends[2], ends[3])]
            clock.absences += [(owner, *each) for each in pairs[: chance.randrange(3)] if each[0] < each[1]]
    if chance.random() < 0.5:
        clock.handed_on = chance.choice([clock.started // MINUTE + chance.randrange(2), clock.handed_on])
        clock.own = [chance.choice([None, chance.choice(others)]) for _ in clock.own]
    left = passed(clock, DAYS * 1440 * MINUTE) // MINUTE
    if left == 0 or chance.random() < 0.1:
        clock.clock_type, clock.within_minutes = "calendar", chance.randrange(1, 10_000)
    else:
        # All that is left, whole quarters (due at a closing time), or any number of minutes.
        clock.within_minutes = chance.choice([left, max(left // 15 * 15 // 2, 1), chance.randrange(1, left + 1)])
    return clock
