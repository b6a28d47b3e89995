"""Quiet hours: when a calendar of the agreement is open, and when it opens next.

Belongs here: the wall clock of the calendar's zone against instants. What a calendar may contain is
lib/agreement/calendars.py; the business clocks run in SQL.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from orchestration.lib.agreement.calendars import WEEKDAYS, Calendar, parse_hours

# A calendar that is closed for longer never opens: then nothing is held back any more.
LONGEST_SEARCH_DAYS = 400


def opening_rule(calendar: Calendar | None) -> Callable[[float], float]:
    """For an instant in seconds since 1970: itself while nothing closes the calendar, else its next opening."""
    if calendar is None:
        return lambda instant: instant
    return lambda instant: next_opening(calendar, datetime.fromtimestamp(instant, UTC)).timestamp()


def next_opening(calendar: Calendar, instant: datetime) -> datetime:
    """The first instant from this one on at which the calendar is open."""
    first_day = instant.astimezone(ZoneInfo(calendar.time_zone)).date()
    # From the day before, whose hours may go on after midnight.
    for number in range(-1, LONGEST_SEARCH_DAYS):
        for opens, closes in _windows(calendar, first_day + timedelta(days=number)):
            if instant < closes:
                return max(instant, opens)
    return instant


def _windows(calendar: Calendar, day: date) -> list[tuple[datetime, datetime]]:
    if day in calendar.closed_days:
        return []
    zone = ZoneInfo(calendar.time_zone)
    hours = sorted(parse_hours(text) for text in calendar.hours.get(WEEKDAYS[day.weekday()], []))
    return [(_at(day, opens, zone), _at(day, closes, zone)) for opens, closes in hours]


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """A minute on the wall clock, counted from the midnight that begins the day; over 1440 it is of the next day."""
    return (datetime.combine(day, time()) + timedelta(minutes=minute)).replace(tzinfo=zone)
