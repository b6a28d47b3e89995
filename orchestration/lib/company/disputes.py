"""The register of disputes about leads, reference/disputes.csv: a row for each, filled in when it is decided.

Belongs here: the file, which people edit as well, so every other line stays as it is; and whether the published copy
knows the lead. Does not belong here: what a decision changes (`int_disputes`), the verb (`commands/dispute.py`).
"""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

import duckdb

from orchestration.lib.csv_files import csv_line, harmless
from orchestration.lib.labels import folded_name, one_line
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.holding import written_alone
from orchestration.lib.whole_files import write_whole
from orchestration.mistakes import Mistake

Decision = Literal["give_back", "keep"]
COLUMNS = ("lead", "opened_on", "opened_by", "objection", "decision", "decided_on", "decided_by")
DECIDED = COLUMNS[4:]
SEPARATORS = ",;\t"
LONGEST_NAME, LONGEST_REASON = 100, 500

RECORDS = """
    select record_id from marts.fct_person_links
    where person_id = (select any_value(person_id) from marts.fct_person_links where record_id = ?)
"""
HANDED_OVER = """
    select handed_over_date, lead_value from marts.fct_handoffs
    where person_id = (select any_value(person_id) from marts.fct_person_links where record_id = ?)
    order by handed_over_at desc, journey_id desc
    limit 1
"""


class DisputeError(Mistake):
    """The dispute cannot be opened or decided; the text states why and what to do. Nothing was written."""


class RegisterInUseError(DisputeError):
    """Another process writes the register."""

    exit_code = 1


@dataclass(frozen=True)
class Lead:
    """A lead that was handed over: all ids by which the register can name it, and its last handoff."""

    name: str
    records: frozenset[str]
    handed_over: date
    value: float


@dataclass(frozen=True)
class Row:
    """One dispute of the register: the lines of the file that it takes, and its cells by column."""

    first: int
    end: int
    cells: list[str]


class Register:
    """The file as it is. DisputeError where it cannot be read."""

    def __init__(self, folder: Path) -> None:
        """Read it; one that is missing is a header alone."""
        found = (
            [path for path in folder.iterdir() if fnmatch(path.name.lower(), "disputes.*")] if folder.is_dir() else []
        )
        if others := [path for path in found if path.suffix.lower() != ".csv"]:
            raise DisputeError(
                f"{others[0]}: the register is in this file; save it as disputes.csv, and remove this one"
            )
        self.path = found[0] if found else folder / "disputes.csv"
        try:
            text = self.path.read_bytes().decode("utf-8") if found else ""
        except UnicodeDecodeError:
            raise DisputeError(f"{self.path}: it is not in UTF-8; save it as CSV in UTF-8") from None
        self.lines = list(io.StringIO(text if text.strip() else f"{','.join(COLUMNS)}\n", newline=""))
        self.end = "\r\n" if self.lines[0].endswith("\r\n") else "\n"
        self.separator = max(SEPARATORS, key=self.lines[0].count)
        rows = list(self._rows())
        self.columns = [cell.strip().lower() for cell in rows[0].cells]
        if missing := [column for column in COLUMNS if column not in self.columns]:
            raise DisputeError(f"{self.path} line 1: there is no column {missing[0]}; add it to the header")
        self.rows = rows[1:]

    def _rows(self) -> Iterator[Row]:
        reader = csv.reader([line.removeprefix("\ufeff") for line in self.lines], delimiter=self.separator, strict=True)
        first = 0
        try:
            for cells in reader:
                yield Row(first, reader.line_num, cells)
                first = reader.line_num
        except csv.Error as error:
            raise DisputeError(f"{self.path} line {first + 1}: {error}; correct the quotes of this row") from None

    def cell(self, row: Row, column: str) -> str:
        """A cell of a row, empty where the row is shorter."""
        place = self.columns.index(column)
        return row.cells[place].strip() if place < len(row.cells) else ""

    def open_rows(self, lead: Lead) -> list[Row]:
        """The disputes about the lead that nobody has decided."""
        of_lead = (row for row in self.rows if self.cell(row, "lead") in lead.records)
        return [row for row in of_lead if not any(self.cell(row, column) for column in DECIDED)]

    def write(self, row: Row, values: dict[str, str]) -> None:
        """Write the register with these cells in the row; a row without lines is added at the end."""
        cells = row.cells + [""] * (len(self.columns) - len(row.cells))
        for column, value in values.items():
            cells[self.columns.index(column)] = harmless(value)
        if not self.lines[-1].endswith(("\n", "\r")):
            self.lines[-1] += self.end
        self.lines[row.first : row.end] = [csv_line(cells, self.separator) + self.end]
        write_whole(self.path.resolve(), "".join(self.lines), 0o644)


def find_lead(copy: Path, name: str) -> Lead:
    """The lead of an id, by the published copy. DisputeError where nobody has it, or it was never handed over."""
    with open_warehouse(copy, read_only=True) as connection:
        try:
            records = connection.execute(RECORDS, [name]).fetchall()
            handoffs = connection.execute(HANDED_OVER, [name]).fetchall()
        except duckdb.CatalogException as error:
            raise DisputeError(
                f"{copy}: an earlier version of this project made it; run `smarketing run` first"
            ) from error
    if not records:
        raise DisputeError(
            f"{name!r} is not a lead of the published copy; write its id as pages show it, such as hubspot:123"
        )
    if not handoffs:
        raise DisputeError(
            f"{name} was never handed over to sales, so nothing of it was delivered that one could dispute"
        )
    return Lead(name, frozenset(record for (record,) in records), *handoffs[0])


def open_dispute(folder: Path, lead: Lead, reason: str, by: str, today: date) -> str:
    """Add a dispute to the register; return the file and line."""
    with _register(folder) as register:
        return _open(register, lead, reason, by, today)


def decide_dispute(folder: Path, lead: Lead, decision: Decision, by: str, today: date) -> str:
    """Fill in the decision of the open dispute about a lead; return the file and line."""
    with _register(folder) as register:
        return _decide(register, lead, decision, by, today)


@contextmanager
def _register(folder: Path) -> Iterator[Register]:
    """The register, which nobody else changes by the command meanwhile."""
    busy = RegisterInUseError(f"{folder}: another dispute is being written; call it again")
    with written_alone(folder, busy, DisputeError):
        yield Register(folder)


def _open(register: Register, lead: Lead, reason: str, by: str, today: date) -> str:
    if rows := register.open_rows(lead):
        raise DisputeError(
            f"{register.path} line {rows[0].first + 1}: a dispute about {lead.name} is open since "
            f"{register.cell(rows[0], 'opened_on')}; decide that one first: --decide give_back, or --decide keep"
        )
    values = {"lead": lead.name, "opened_on": today.isoformat()}
    values |= {
        "opened_by": _written("--by", by, LONGEST_NAME),
        "objection": _written("--reason", reason, LONGEST_REASON),
    }
    end = len(register.lines)
    register.write(Row(end, end, []), values)
    return f"{register.path} line {end + 1}"


def _decide(register: Register, lead: Lead, decision: Decision, by: str, today: date) -> str:
    name = _written("--by", by, LONGEST_NAME)
    rows = register.open_rows(lead)
    if not rows:
        raise DisputeError(f'{register.path}: no dispute about {lead.name} is open; open one with --reason "..."')
    place = f"{register.path} line {rows[0].first + 1}"
    if folded_name(register.cell(rows[0], "opened_by")) == folded_name(harmless(name)):
        raise DisputeError(f"{place}: --by is who opened the dispute; somebody else decides it")
    if register.cell(rows[0], "opened_on") > today.isoformat():
        raise DisputeError(f"{place}: the dispute is opened on a later day than today; correct opened_on")
    register.write(rows[0], dict(zip(DECIDED, (decision, today.isoformat(), name), strict=True)))
    return place


def _written(option: str, text: str, longest: int) -> str:
    words = one_line(text, longest)
    if words is None:
        what = "the first and last name of a person" if option == "--by" else "in words what is wrong with the lead"
        found = " ".join(text.split())[:40]
        raise DisputeError(f"{option}: {found!r} cannot be used; write {what}, {longest} characters at most")
    return words
