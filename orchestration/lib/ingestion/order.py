"""Which of two exports of a table is newer, by what the files tell: a pure function of evidence.

Belongs here: comparing files as wholes, and the order that follows. Does not belong here: evidence that is in the rows
(`arranging.py`), what a name means (`file_names.py`).

An order never depends on when a file arrived: loading month by month and all at once give the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from orchestration.lib.ingestion.file_names import FileName, read_name

# Copies, clones and unpacked archives get their file times within minutes of each other.
CLEARLY = timedelta(days=1)
# Times in UTC and on a wall clock are up to 14 hours apart.
ZONES = timedelta(hours=14)
Pair = tuple[str, str]  # (older file, newer file)


@dataclass(frozen=True)
class Evidence:
    """What one file tells of itself; instants by column, as the file has them."""

    file: str
    changed: Mapping[str, datetime] = field(default_factory=dict)  # columns that state when a row was last changed
    happened: Mapping[str, datetime] = field(default_factory=dict)  # columns of what has happened
    time_zone: str | None = None
    file_time: datetime | None = None
    is_present: bool = True

    @property
    def name(self) -> FileName:
        """What the path tells."""
        return read_name(self.file)

    @property
    def newest(self) -> datetime | None:
        """The newest instant in the file."""
        return max([*self.changed.values(), *self.happened.values()], default=None)

    @property
    def known_at(self) -> datetime | None:
        """When the file was exported at the earliest: its newest instant, or the date in its name."""
        starts = [start for start, _ in self.export_dates][:1]
        return max([*starts, *([self.newest] if self.newest else [])], default=None)

    @property
    def export_dates(self) -> tuple[tuple[datetime, datetime], ...]:
        """The readings of the date in its name; one that is before the content is not the date of the export."""
        newest = self.newest
        spans = self.name.readings
        return tuple(span for span in spans if newest is None or span[1] >= newest - ZONES)


def by_content(one: Evidence, other: Evidence) -> int:
    """Return 1 when the newest instants, in the columns that both files have, are later in `other`; -1, 0 likewise.

    Where the newest of all is the same, the other columns decide, if none of them contradicts another one.
    """
    for mine, its in ((one.changed, other.changed), (one.happened, other.happened)):
        common = mine.keys() & its.keys()
        if common:
            apart = max(its[name] for name in common) - max(mine[name] for name in common)
            if one.time_zone != other.time_zone and abs(apart) < ZONES:
                continue
            signs = {_sign(apart)} - {0} or {_sign(its[name] - mine[name]) for name in common} - {0}
            if len(signs) == 1:
                return signs.pop()
    return 0


def by_name(one: Evidence, other: Evidence) -> int:
    """Return 1 when the date in the name of `other` is later, under each reading; -1, 0 likewise.

    A file without a date is as old as its newest instant.
    """
    mine, its = one.export_dates, other.export_dates
    if not mine and not its:
        return 0
    mine, its = mine or _content(one), its or _content(other)
    if len(mine) == len(its):
        pairs = list(zip(mine, its, strict=True))
    else:
        pairs = [(first, second) for first in mine for second in its]
    if pairs and all(first[1] < second[0] for first, second in pairs):
        return 1
    if pairs and all(second[1] < first[0] for first, second in pairs):
        return -1
    return 0


def by_copy(one: Evidence, other: Evidence) -> int:
    """Return 1 when the browser's number or else the file time shows that `other` is newer; -1, 0 likewise."""
    numbers = 0
    if one.name.base == other.name.base:
        numbers = (other.name.number > one.name.number) - (other.name.number < one.name.number)
    times = 0
    if one.is_present != other.is_present:
        times = 1 if other.is_present else -1  # A file that was replaced by another one.
    elif one.file_time and other.file_time and abs(other.file_time - one.file_time) >= CLEARLY:
        times = 1 if other.file_time > one.file_time else -1
    return 0 if numbers and times and numbers != times else numbers or times


def compare(one: Evidence, other: Evidence) -> int:
    """Return 1 when `other` is newer as far as the files as wholes tell, -1 when `one` is, 0 when nothing tells."""
    content, name = by_content(one, other), by_name(one, other)
    if content and name:
        return content if content == name else 0
    return content or name or by_copy(one, other)


def is_certain(one: Evidence, other: Evidence) -> bool:
    """Return whether the date in the name decides and the content does not contradict it: no row has to be read."""
    name, content = by_name(one, other), by_content(one, other)
    both = bool(one.export_dates) and bool(other.export_dates)
    return both and name != 0 and content in (0, name)


def ordered(files: Iterable[Evidence], known: Iterable[Pair] = ()) -> list[str]:
    """Return the files from the oldest to the newest; `known` is what the rows tell, and goes first.

    Where nothing tells, the order is that of the names; so it is where the evidence runs in a circle.
    """
    left: Sequence[Evidence] = sorted(files, key=lambda each: each.file)
    fixed = set(known)
    found: list[str] = []
    answers = {
        (one.file, other.file): 1
        if (one.file, other.file) in fixed
        else -1
        if (other.file, one.file) in fixed
        else compare(one, other)
        for place, one in enumerate(left)
        for other in left[place + 1 :]
    }

    def is_after(one: Evidence, other: Evidence) -> bool:
        forward, backward = answers.get((other.file, one.file)), answers.get((one.file, other.file))
        return forward == 1 or backward == -1

    waiting = {one.file: {other.file for other in left if other is not one and is_after(one, other)} for one in left}
    while waiting:
        free = [file for file, before in waiting.items() if not before]
        chosen = free[0] if free else min(waiting, key=lambda file: (len(waiting[file]), file))
        found.append(chosen)
        del waiting[chosen]
        for before in waiting.values():
            before.discard(chosen)
    return found


def newest_copies(contents: Mapping[str, str]) -> set[str]:
    """Return one file of each content: the newest by its name; the first by name where nothing tells.

    `contents` has the hash of each file.
    """
    found: dict[str, str] = {}
    for file in sorted(contents):
        kept = found.setdefault(contents[file], file)
        if kept != file and compare(Evidence(kept), Evidence(file)) > 0:
            found[contents[file]] = file
    return set(found.values())


def _sign(apart: timedelta) -> int:
    return (apart > timedelta(0)) - (apart < timedelta(0))


def _content(one: Evidence) -> tuple[tuple[datetime, datetime], ...]:
    return ((one.newest, one.newest),) if one.newest else ()
