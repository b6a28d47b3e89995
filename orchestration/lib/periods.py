"""Periods of whole months, and the names by which people call them.

Belongs here: 2026-Q3 and the dates that it means. What happened in a period is measured in SQL; which periods can be
reviewed is lib/review.py.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half_year": 6}
NAMED = re.compile(r"([12]\d{3})-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2]))")
DATES = re.compile(r"([12]\d{3}-\d\d-\d\d)\.\.([12]\d{3}-\d\d-\d\d)")
REMEDY = "write 2026-Q3, 2026-H1, 2026-09 or 2026-07-01..2026-09-30"


@dataclass(frozen=True)
class Period:
    """So many months from the first day of one."""

    starts: date
    months: int

    @property
    def kind(self) -> str:
        """A key of MONTHS, else "months"; quarters and half-years are those of the calendar."""
        fits = (kind for kind, months in MONTHS.items() if months == self.months)
        kind = next(fits, "months")
        return kind if (self.starts.month - 1) % self.months == 0 else "months"

    @property
    def name(self) -> str:
        """2026-Q3, 2026-H1, 2026-09, or first and last day: 2026-07-01..2026-08-31."""
        if self.kind == "months":
            return f"{self.starts}..{self.last}"
        if self.kind == "month":
            return f"{self.starts:%Y-%m}"
        return f"{self.starts.year}-{'Q' if self.kind == 'quarter' else 'H'}{self.starts.month // self.months + 1}"

    @property
    def ends(self) -> date:
        """The day after the last one."""
        month = self.starts.month - 1 + self.months
        return date(self.starts.year + month // 12, month % 12 + 1, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return self.ends - timedelta(days=1)


def parse_period(name: str) -> Period:
    """The period of a name. ValueError if it is none, or not of whole months."""
    if match := NAMED.fullmatch(name):
        year, quarter, half_year, month = match.groups()
        months = 3 if quarter else 6 if half_year else 1
        return Period(date(int(year), (int(quarter or half_year or month) - 1) * months + 1, 1), months)
    if not (match := DATES.fullmatch(name)):
        raise ValueError(f"'{name}' is no period: {REMEDY}")
    try:
        starts, last = map(date.fromisoformat, match.groups())
    except ValueError as error:
        raise ValueError(f"'{name}' is no period: a day of it does not exist; {REMEDY}") from error
    ends = last + timedelta(days=1)
    months = (ends.year - starts.year) * 12 + ends.month - starts.month
    if starts.day != 1 or ends.day != 1 or months < 1:
        raise ValueError(
            f"'{name}': a period goes from the first day of a month to the last day of that or a later one, because "
            "lead value is owed by the month"
        )
    return Period(starts, months)
