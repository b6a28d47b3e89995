"""Lines of absences.csv and owners.csv that a build would not use, as far as they show it without one.

Belongs here: what a line contains, by itself, beside other lines and beside the agreement; an owner is the same where
the name, e-mail or id is written the same. Whom it means in the data is int_absences and int_owner_calendars, whose
words these are; the guards `known_absences` and `known_calendars` list their faults.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.versions import standings
from orchestration.lib.company.folder import REFERENCE
from orchestration.lib.language import gettext

ABSENCES = f"""
    select _file, _line, lower(trim(owner)), first_day, last_day, coalesce(lower(trim(covered_by)), '')
    from raw.{REFERENCE}__absences order by _file, _line
"""
CALENDARS = f"""
    select _file, _line, trim(owner_name), valid_from, valid_to, trim(calendar)
    from raw.{REFERENCE}__owners where trim(calendar) <> '' order by _file, _line
"""


@dataclass(frozen=True)
class OwnerLine:
    """A line about an owner, with the first and the last day that it is about; `word` is the cover, or the calendar."""

    file: str
    number: int
    owner: str
    first: date
    last: date
    word: str

    @property
    def place(self) -> str:
        """File and line."""
        return gettext("%(path)s line %(line)s", path=self.file, line=self.number)

    def shares_days(self, other: "OwnerLine") -> bool:
        """Whether both are about one day."""
        return self.first <= other.last and other.first <= self.last


def read_lines(connection: duckdb.DuckDBPyConnection) -> tuple[list[OwnerLine], list[OwnerLine]]:
    """The absences, and the calendars of owners, in the order of their lines."""
    absences = [OwnerLine(*row) for row in connection.execute(ABSENCES).fetchall()]
    calendars = [
        OwnerLine(file, line, owner, first or date.min, _day_before(after) if after else date.max, calendar)
        for file, line, owner, first, after, calendar in connection.execute(CALENDARS).fetchall()
    ]
    return absences, calendars


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def absence_faults(lines: Sequence[OwnerLine]) -> Iterator[str]:
    """Each absence that counts for nothing, with the reason and what to do."""
    for number, line in enumerate(lines):
        if fault := _absence_fault(line, lines[:number], lines):
            yield f"{REFERENCE}/{line.place}: {fault}"


def _absence_fault(line: OwnerLine, before: Sequence[OwnerLine], lines: Sequence[OwnerLine]) -> str | None:
    if line.last < line.first:
        return gettext(
            "last_day %(last_day)s is before first_day %(first_day)s; correct one of the two",
            last_day=line.last,
            first_day=line.first,
        )
    if line.word == line.owner:
        return gettext("covered_by names the absent owner; name another one, or nobody")
    if same := _of(line.owner, before, line):
        return gettext(
            "the owner is absent on some of these days in %(place_word)s already; correct the days, or remove one row",
            place_word=same.place,
        )
    if line.word and (away := _of(line.word, lines, line)):
        return gettext(
            "covered_by names somebody who is absent on some of these days, in %(place_word)s; name another one, or "
            "write those days as a row of their own",
            place_word=away.place,
        )
    return None


def _of(owner: str, lines: Iterable[OwnerLine], line: OwnerLine) -> OwnerLine | None:
    """The first of the lines that is about this owner on one of the days of `line`."""
    found = (each for each in lines if each.owner == owner and each.shares_days(line))
    return next(found, None)


def calendar_faults(lines: Sequence[OwnerLine], agreements: Sequence[Agreement], today: date) -> Iterator[str]:
    """Each calendar of an owner that no clock can use, with the reason and what to do."""
    for number, line in enumerate(lines):
        others = (each for each in lines[:number] if each.word != line.word)
        version = _last_version(line, agreements, today)
        if other := _of(line.owner, others, line):
            fault = gettext(
                "the owner has another calendar on some of these days in %(place_word)s; write the same, or "
                "correct the days",
                place_word=other.place,
            )
            yield f"{REFERENCE}/{line.place}: {fault}"
        elif version and line.word not in version.calendars:
            fault = gettext(
                "calendar %(calendar)s is not in version %(version)s of the agreement, whose clocks use the calendar "
                "of the commitment instead; write one of its calendars (%(calendars)s), or the day on which "
                "the line ends",
                calendar=line.word,
                version=version.version,
                calendars=", ".join(version.calendars) or gettext("there is none"),
            )
            yield f"{REFERENCE}/{line.place}: {fault}"


def _last_version(line: OwnerLine, agreements: Sequence[Agreement], today: date) -> Agreement | None:
    """The last version that has been in force on a day of the line."""
    versions = [
        each.agreement
        for each in standings(agreements)
        if each.effective_from
        and each.effective_from <= min(today, line.last)
        and (each.effective_to or date.max) >= line.first
    ]
    return versions[-1] if versions else None
