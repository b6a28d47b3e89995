"""Periods of whole months, and their names.

Quarters and half-years are those of the company's fiscal year, which is named after the year of its start: if it starts
in April, 2026-Q1 is April to June 2026 and 2026-Q4 is January to March 2027.

Belongs here: 2026-Q3 and its dates, and which period of a cycle a day is in. What happened in a period is measured in
SQL; which periods can be reviewed is determined in lib/review/.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from orchestration.mistakes import Mistake

MONTHS = {"month": 1, "quarter": 3, "half_year": 6}
# The periods that every company can review.
FISCAL = ("quarter", "half_year")
NAMED = re.compile(r"([12]\d{3})-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2]))")
DATES = re.compile(r"([12]\d{3}-\d\d-\d\d)\.\.([12]\d{3}-\d\d-\d\d)")
REMEDY = "write 2026-Q3, 2026-H1, 2026-09 or 2026-07-01..2026-09-30"


class PeriodError(Mistake):
    """The text does not name a period; the message states what to write."""


@dataclass(frozen=True)
class Period:
    """`months` months from the first day of a month, in a fiscal year that starts with month `fiscal_start`."""

    starts: date
    months: int
    fiscal_start: int = field(default=1, compare=False)

    @property
    def kind(self) -> str:
        """A key of MONTHS, else "months"; quarters and half-years are those of the fiscal year."""
        fits = (kind for kind, months in MONTHS.items() if months == self.months)
        kind = next(fits, "months")
        return kind if self._fiscal_month % self.months == 0 else "months"

    @property
    def _fiscal_month(self) -> int:
        """The number of months of the fiscal year before it."""
        return (self.starts.month - self.fiscal_start) % 12

    @property
    def name(self) -> str:
        """2026-Q3, 2026-H1, 2026-09, or first and last day: 2026-07-01..2026-08-31."""
        if self.kind == "months":
            return f"{self.starts}..{self.last}"
        if self.kind == "month":
            return f"{self.starts:%Y-%m}"
        year = self.starts.year - (self.starts.month < self.fiscal_start)
        return f"{year}-{'Q' if self.kind == 'quarter' else 'H'}{self._fiscal_month // self.months + 1}"

    @property
    def ends(self) -> date:
        """The day after the last one."""
        month = self.starts.month - 1 + self.months
        return date(self.starts.year + month // 12, month % 12 + 1, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return self.ends - timedelta(days=1)


@dataclass(frozen=True)
class Cycle:
    """Periods of `months` months, one after the other, of which one begins on `counted_from`, the first of a month."""

    months: int
    counted_from: date
    fiscal_start: int = 1

    @property
    def kind(self) -> str:
        """That of its periods: quarter, half_year, or months."""
        return Period(self.counted_from, self.months, self.fiscal_start).kind

    def period_of(self, day: date) -> Period:
        """The period that the day is in."""
        first = self.counted_from.year * 12 + self.counted_from.month - 1
        month = day.year * 12 + day.month - 1
        month -= (month - first) % self.months
        return Period(date(month // 12, month % 12 + 1, 1), self.months, self.fiscal_start)


def months_between(starts: date, ends: date) -> int:
    """Calendar months from one day to another, by month number."""
    return (ends.year - starts.year) * 12 + ends.month - starts.month


def parse_period(name: str, fiscal_start: int = 1) -> Period:
    """The period of a name, in a fiscal year that starts with that month. PeriodError if it is none."""
    if match := NAMED.fullmatch(name):
        year, quarter, half_year, month = match.groups()
        if month:
            return Period(date(int(year), int(month), 1), 1, fiscal_start)
        months = 3 if quarter else 6
        before = fiscal_start - 1 + (int(quarter or half_year) - 1) * months
        return Period(date(int(year) + before // 12, before % 12 + 1, 1), months, fiscal_start)
    if not (match := DATES.fullmatch(name)):
        raise PeriodError(f"'{name}' is not a period; {REMEDY}")
    try:
        starts, last = map(date.fromisoformat, match.groups())
    except ValueError as error:
        raise PeriodError(f"'{name}' is not a period: a day of it does not exist; {REMEDY}") from error
    ends = last + timedelta(days=1)
    months = months_between(starts, ends)
    if starts.day != 1 or ends.day != 1 or months < 1:
        raise PeriodError(
            f"'{name}': a period goes from the first day of a month to the last day of that or a later one, because "
            "targets are set per month"
        )
    return Period(starts, months, fiscal_start)
