"""What an ingestion did, file by file, and the messages that report it.

Belongs here: figures and wording. Does not belong here: determining the figures, or printing and logging them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from orchestration.lib.language import gettext, later, translated

# The problem of a non-data line, which is rejected: a title, a closing line, the header again.
FRAME = "frame"


@dataclass(frozen=True)
class RejectedRows:
    """One kind of problem in one file: how many rows, the first line, and the reason given there."""

    problem: str
    column_name: str | None
    rows: int
    first_line: int
    reason: str


@dataclass(frozen=True)
class FileReport:
    """The result for one file; the counts are of records, and unchanged files keep those of their load."""

    file: str
    status: Literal["loaded", "unchanged", "duplicate", "refused"]
    records: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    reason: str | None = None
    undeclared_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    non_data_lines: int = 0  # rejected lines that are not rows: titles, closing lines
    lost_columns: tuple[str, ...] = ()  # missing columns in which another load has values
    unread_columns: tuple[str, ...] = ()  # with values now, and without any when their system was drafted
    rejected: tuple[RejectedRows, ...] = ()
    rows_forgotten: int = 0  # of persons who are forgotten, and not loaded
    forgotten_ids: frozenset[str] = field(default=frozenset(), repr=False)  # of their records, and not on the list


@dataclass
class LoadReport:
    """The results for the files of one table."""

    table: str
    files: list[FileReport] = field(default_factory=list)
    rows_in_table: int = 0
    losses: list[str] = field(default_factory=list)  # what earlier exports had, a sentence each

    def messages(self) -> list[str]:
        """Return messages ready to print; they never show a value of a column declared personal.

        A refusal is not among them: the arrival check reports it, and stops the build.
        """
        return [f"{self.table}, {file.file}: {text}" for file in self.files for text in _sentences(file)]

    def problems(self) -> list[str]:
        """Return those of rejected rows and skipped files, which somebody has to look at."""
        found = [f"{self.table}, {file.file}: {text}" for file in self.files for text in _problems(file)]
        return found + [f"{self.table}: {text}" for text in self.losses]


def _problems(file: FileReport) -> list[str]:
    if file.status == "duplicate":
        return [gettext("skipped: %(reason)s", reason=file.reason)]
    found = [_rejected(kind) for kind in file.rejected if kind.problem != FRAME]
    if file.unread_columns:
        names = ", ".join(file.unread_columns)
        found.append(
            gettext(
                "not read: %(columns)s, which was empty when the system was drafted and has values now; call "
                "`smarketing source` with this file",
                columns=names,
            )
        )
    return found


def _sentences(file: FileReport) -> list[str]:
    if file.status == "duplicate":
        return _problems(file)
    if file.status in ("unchanged", "refused"):
        return []
    sentences = [_rejected(kind) for kind in file.rejected]
    if file.undeclared_columns:
        names = ", ".join(file.undeclared_columns)
        sentences.append(gettext("undeclared column(s), kept in _extra: %(columns)s", columns=names))
    if file.lost_columns:
        names = ", ".join(file.lost_columns)
        sentences.append(
            gettext("optional column(s) not in the file, known from other files only: %(columns)s", columns=names)
        )
    return sentences


def _rejected(kind: RejectedRows) -> str:
    values = {"number": kind.rows, "line": kind.first_line, "reason": translated(kind.reason)}
    if kind.problem == FRAME:
        return gettext("%(number)s non-data line(s) rejected, first at line %(line)s: %(reason)s", **values)
    return gettext("%(number)s row(s) rejected, first at line %(line)s: %(reason)s", **values)


def notes_in_one_line(system: str, reports: Iterable[LoadReport]) -> str:
    """Return what nobody has to do anything about, counted over all new files of a system; empty for nothing."""
    files = [file for report in reports for file in report.files if file.status == "loaded"]
    counts = {
        later("%(number)s optional column(s) missing"): sum(len(file.lost_columns) for file in files),
        later("%(number)s undeclared column(s) kept in _extra"): sum(len(file.undeclared_columns) for file in files),
        later("%(number)s non-data line(s)"): sum(file.non_data_lines for file in files),
        later("%(number)s row(s) of forgotten persons not loaded"): sum(file.rows_forgotten for file in files),
    }
    found = ", ".join(gettext(text, number=count) for text, count in counts.items() if count)
    if not found:
        return ""
    return gettext("%(system)s: %(found)s; details are on the page of the data", system=system, found=found)
