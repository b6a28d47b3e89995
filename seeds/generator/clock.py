"""The demo company's wall clock: season, office hours, holidays. Wall times of Europe/Rome without a zone,
as exports have them; what happens at these times belongs to people, journeys and deals.
"""

from bisect import bisect
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

FIRST_DAY = date(2025, 10, 1)
DAYS = 374  # a year, and the days until the export
EXPORTED = datetime(2026, 10, 9, 18, 0)
# From this day on sales works the leads of large accounts in Salesforce.
SALESFORCE_FROM = date(2026, 2, 1)
OPENS, CLOSES = 9, 18

_MILAN = ZoneInfo("Europe/Rome")
_MONTH_WEIGHT = [1.02, 1.06, 1.1, 1.0, 1.04, 1.0, 0.86, 0.5, 1.2, 1.0, 1.08, 0.72]
_HOLIDAYS = {
    *(date(2025, month, day) for month, day in ((12, 8), (12, 24), (12, 25), (12, 26), (12, 31))),
    *(date(2026, month, day) for month, day in ((1, 1), (1, 2), (1, 6), (4, 6), (5, 1), (6, 2))),
    # The bad week: sales is away, leads still come.
    *(date(2026, 8, day) for day in range(10, 15)),
}


def text(moment: datetime | None) -> str:
    """A moment as HubSpot's exports write it: no seconds, no zone; empty if there is none."""
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""


def gmt(moment: datetime) -> datetime:
    """The same moment in GMT."""
    return moment.replace(tzinfo=_MILAN).astimezone(UTC).replace(tzinfo=None)


def existing(moment: datetime) -> datetime:
    """The same moment, moved out of the hour that the wall clock skips on 29 March 2026."""
    skipped = (moment.month, moment.day, moment.hour) == (3, 29, 2)
    return moment + timedelta(hours=1) if skipped else moment


def is_open_day(day: date) -> bool:
    """True on the days when sales works."""
    return day.weekday() < 5 and day not in _HOLIDAYS


def after_office_minutes(start: datetime, minutes: float) -> datetime:
    """The moment, within office hours, when this number of open minutes has passed since `start`."""
    moment, left = start, timedelta(minutes=int(minutes))
    while True:
        opens = datetime(moment.year, moment.month, moment.day, OPENS)
        closes = opens.replace(hour=CLOSES)
        moment = max(moment, opens)
        if is_open_day(moment.date()) and moment < closes:
            if moment + left < closes:
                return moment + left
            left -= closes - moment
        moment = opens + timedelta(days=1)


def after_days(rng: Random, start: datetime, days: float) -> datetime:
    """A moment in office hours about this number of calendar days after `start`."""
    return after_office_minutes(start + timedelta(minutes=int(days * 1440)), rng.random() * 180)


def _day_weights(weekend: float) -> list[float]:
    days = [FIRST_DAY + timedelta(days=number) for number in range(DAYS)]
    return list(accumulate(_MONTH_WEIGHT[day.month - 1] * (weekend if day.weekday() > 4 else 1.0) for day in days))


_FORM_DAYS, _OFFICE_DAYS = _day_weights(0.35), _day_weights(0.0)


def form_moment(rng: Random) -> datetime:
    """When a website form comes in: mostly in office hours, some in the evening, at night, at the weekend."""
    day = FIRST_DAY + timedelta(days=bisect(_FORM_DAYS, rng.random() * _FORM_DAYS[-1]))
    draw = rng.random()
    hour = 8.5 + rng.random() * 10 if draw < 0.76 else (18.5 + rng.random() * 5 if draw < 0.93 else rng.random() * 8)
    return existing(datetime(day.year, day.month, day.day) + timedelta(minutes=int(hour * 60)))


def office_moment(rng: Random) -> datetime:
    """A moment of work: on a weekday, in office hours, by the season."""
    day = FIRST_DAY + timedelta(days=bisect(_OFFICE_DAYS, rng.random() * _OFFICE_DAYS[-1]))
    return datetime(day.year, day.month, day.day, OPENS) + timedelta(minutes=int(rng.random() * 520))
