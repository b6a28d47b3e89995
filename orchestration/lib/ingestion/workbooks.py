"""Excel workbooks into the temporary tables that `readers.py` describes: one sheet, read as a CSV file is.

Belongs here: which sheet feeds a table. Does not belong here: the text of a typed cell (`sheet_texts.py`), what the
reader of workbooks omits (`sheets.py`), header and closing lines (`boundaries.py`). A row of a sheet counts as a line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import duckdb
import numpy as np
import python_calamine

from orchestration.lib.ingestion.boundaries import REACH, find_header
from orchestration.lib.ingestion.csv_reader import read_records
from orchestration.lib.ingestion.detection import EMPTY, LOCKED, Refused
from orchestration.lib.ingestion.duckdb_reader import Parsed
from orchestration.lib.ingestion.header import declared_columns
from orchestration.lib.ingestion.mixed_cells import settle_mixed_cells
from orchestration.lib.ingestion.pieces import write
from orchestration.lib.ingestion.records import find_records
from orchestration.lib.ingestion.report import FRAME
from orchestration.lib.ingestion.sheet_texts import DELIMITER, Written, text_of
from orchestration.lib.ingestion.sheets import Part, faults_in, sheets_in
from orchestration.lib.source_tables import SourceTable

# Another sheet with this share of the declared columns of the best one could be meant as well.
RIVAL = 0.75
# This number of its labels shows that a sheet with its name is meant for it.
KNOWN_LABELS = 2


@dataclass(frozen=True)
class Sheet:
    """A sheet with cells; `columns` are the declared columns that the best of its first rows feeds."""

    part: Part
    cells: python_calamine.CalamineSheet
    columns: frozenset[str]
    fits: bool  # whether all required columns are among them
    faults: dict[tuple[int, int], str]


def read_workbook(connection: duckdb.DuckDBPyConnection, file: Path, table: SourceTable, path: Path) -> Parsed:
    """Create `parsed` and `record_problems` from the sheet that fits the table best. Raises Refused."""
    try:
        with python_calamine.CalamineWorkbook.from_path(file) as book:
            sheet = _choose(book, file, table)
            try:
                return _read_sheet(connection, sheet, table, path)
            except Refused as refusal:
                raise Refused(placed(str(refusal), sheet.part.name)) from refusal
    except python_calamine.PasswordError as error:
        raise Refused(LOCKED) from error
    except python_calamine.CalamineError as error:
        raise Refused("the Excel workbook is broken or not complete; copy or download it again") from error


def placed(text: str, sheet: str) -> str:
    """Return a message about lines as one about rows of this sheet."""
    found, count = re.subn(r"\blines? (?=\d)", f"sheet {sheet}, row ", text)
    return found if count else f"sheet {sheet}: {text}"


def place_problems(connection: duckdb.DuckDBPyConnection, sheet: str) -> None:
    """Add sheet and row to the reasons of `problems`, except those of non-data lines."""
    connection.execute(
        f"""
        update problems set reason = 'sheet ' || ? || ', row ' || line || ': ' || reason where problem != '{FRAME}'
        """,
        [sheet],
    )


def _choose(book: python_calamine.CalamineWorkbook, file: Path, table: SourceTable) -> Sheet:
    """Return the visible sheet with most declared columns; the name decides between equals. Raises Refused."""
    sheets = [sheet for part in sheets_in(file) if part.is_visible for sheet in _look_at(book, file, part, table)]
    if not sheets:
        raise Refused(EMPTY.replace("the file is", "no visible sheet has a cell: the workbook is"))
    # Where none fits, the one that has the name is the one that is meant.
    best = max(sheets, key=lambda each: (each.fits, each.fits or is_named(each.part.name, table), len(each.columns)))
    rivals = [
        sheet
        for sheet in sheets
        if sheet.fits == best.fits and len(sheet.columns & best.columns) >= RIVAL * len(best.columns)
    ]
    named = [sheet for sheet in rivals if is_named(sheet.part.name, table)]
    if len(rivals) == 1 or not best.fits:
        return best
    if len(named) == 1:
        return named[0]
    names = ", ".join(f"'{sheet.part.name}'" for sheet in rivals)
    raise Refused(
        f"the sheets {names} could all be meant; keep one of them in the workbook, or save each as a file of its own"
    )


def is_named(name: str, table: SourceTable) -> bool:
    """Return whether the name of a sheet is one of a file that feeds the table."""
    return table.claims(name)


def filled_sheets(file: Path) -> list[str]:
    """Return the names of the visible sheets with cells. Raises Refused."""
    try:
        with python_calamine.CalamineWorkbook.from_path(file) as book:
            visible = [part.name for part in sheets_in(file) if part.is_visible]
            return [name for name in visible if book.get_sheet_by_name(name).start is not None]
    except python_calamine.CalamineError as error:
        raise Refused("the Excel workbook is broken or not complete; copy or download it again") from error


@lru_cache(maxsize=1024)
def has_sheet_of(file: Path, _version: tuple[int, int], table: SourceTable) -> bool:
    """Return whether a visible sheet with the table's name has its labels, and not only the name: `Notes` is a word."""
    try:
        with python_calamine.CalamineWorkbook.from_path(file) as book:
            named = [part for part in sheets_in(file) if part.is_visible and is_named(part.name, table)]
            sheets = [sheet for part in named for sheet in _look_at(book, file, part, table)]
    except (Refused, python_calamine.CalamineError):
        return True  # Reading it reports why it cannot be read.
    return any(len(sheet.columns) >= min(KNOWN_LABELS, len(table.columns)) for sheet in sheets)


def _look_at(book: python_calamine.CalamineWorkbook, file: Path, part: Part, table: SourceTable) -> Iterator[Sheet]:
    try:
        faults = faults_in(file, part)
    except Refused as refusal:
        raise Refused(placed(str(refusal), part.name)) from refusal
    cells = book.get_sheet_by_name(part.name)
    if cells.start is None:
        return
    required = {column.name for column in table.columns if column.always_required}
    found: list[set[str]] = [set()]
    for row in cells.to_python(skip_empty_area=False, nrows=cells.start[0] + REACH):
        found.append(declared_columns([text_of(value) for value in row], table))
    best = max(found, key=lambda columns: (required <= columns, len(columns)))
    yield Sheet(part, cells, frozenset(best), required <= best, faults)


def _read_sheet(connection: duckdb.DuckDBPyConnection, sheet: Sheet, table: SourceTable, path: Path) -> Parsed:
    written = Written(sheet.cells, sheet.faults)
    records = find_records(write(written.pieces(), path.with_suffix(".sheet")))
    records = replace(records, lines=np.array(written.rows, dtype=np.int64))
    line = find_header(records, table, (DELIMITER,))
    _refuse_merged(sheet.cells, int(records.lines[line.position]), len(line.labels))
    parsed = read_records(connection, records, line, table, path)
    settle_mixed_cells(connection, table, parsed.header, written, int(records.lines[line.position]))
    return replace(parsed, sheet=sheet.part.name)


def _refuse_merged(cells: python_calamine.CalamineSheet, header_row: int, width: int) -> None:
    """Raise Refused for cells merged over several rows: whether their value is that of each row is not known."""
    left = cells.start[1] if cells.start else 0
    for (first, place), (last, _) in sorted(cells.merged_cell_ranges or []):
        if last > first and last >= header_row and place < left + width:
            raise Refused(
                f"line {max(first + 1, header_row)}, column {place + 1}: it is merged with the cells below it, to row "
                f"{last + 1}; unmerge them in the spreadsheet and write into each row what it has"
            )
