"""The parts of an .xlsx file that its reader passes over: names of sheets, errors, formulas without a result, extent.

Belongs here: the XML in the archive, read piece by piece. Does not belong here: cells with a value, and which sheet
feeds a table (`workbooks.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, cast
from xml.etree import ElementTree

from orchestration.lib.ingestion.archives import WORKBOOK, open_archive, version_of
from orchestration.lib.ingestion.limits import MEGABYTE, MOST_CELLS, check_size
from orchestration.lib.ingestion.pieces import pieces
from orchestration.lib.ingestion.refusal import Refused

LINKS, TEXTS = "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
UNCALCULATED = "#FORMULA!"
# Of names of sheets, which are read at once.
MOST_IN_PART = 32 * MEGABYTE
# The size that a sheet declares is not trusted: its reader ends the process where it has less memory than its cells
# need. The first that is found is an upper limit, by the letters and digits of the places of cells.
WIDTHS = ((re.compile(rb' r="[A-Z]{3}'), 16_384), (re.compile(rb' r="[A-Z]{2}'), 702), (re.compile(b""), 26))
HEIGHTS = (
    *((re.compile(rb' r="[A-Z]+\d{%d}' % digits), 10**digits - 1) for digits in (7, 6, 5)),
    (re.compile(b""), 9_999),
)
PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
UNPLACED = re.compile(rb'<(?:\w+:)?c(?:>| (?!r="))')
ROW, CELL = re.compile(rb"<(?:\w+:)?row[ >]"), re.compile(rb"<(?:\w+:)?c[ >]")
FILLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"(?:[^>]*[^/>])?>')
ERROR = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*\bt="e"[^>]*>.*?<(?:\w+:)?v>([^<]*)<', re.DOTALL)
ANY_ERROR = re.compile(rb'<(?:\w+:)?c [^>]*\bt="e"')
EMPTY_FORMULA = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*><(?:\w+:)?f(?:[^>]*/>|[^<]*</(?:\w+:)?f>)'
    rb"(?:<(?:\w+:)?v/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)


@dataclass(frozen=True)
class Part:
    """One sheet: its name, whether a person sees it, and where its cells are in the archive."""

    name: str
    is_visible: bool
    member: str


def sheets_in(path: Path) -> tuple[Part, ...]:
    """Return the sheets in their order. Raises Refused for a file that is not an .xlsx workbook."""
    return _sheets_in(path, *version_of(path))


@lru_cache(maxsize=256)
def _sheets_in(path: Path, _modified: int, _size: int) -> tuple[Part, ...]:
    with open_archive(path) as archive:
        try:
            for name in (WORKBOOK, LINKS):
                check_size(archive.getinfo(name).file_size, path.stat().st_size, MOST_IN_PART)
            book = ElementTree.fromstring(archive.read(WORKBOOK))
            links = ElementTree.fromstring(archive.read(LINKS))
        except (KeyError, ElementTree.ParseError) as error:
            raise Refused("the Excel workbook is broken or not complete; copy or download it again") from error
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = []
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        target = targets.get(next((value for key, value in sheet.items() if key.endswith("}id")), None), "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found.append(Part(sheet.get("name", ""), sheet.get("state", "visible") == "visible", member))
    return tuple(part for part in found if "worksheets/" in part.member)


def faults_in(path: Path, sheet: Part) -> dict[tuple[int, int], str]:
    """Return the errors in the sheet, such as #N/A, by row and column from 0; a formula without a result is one too.

    Raises Refused for a sheet whose cells reach further than memory does.
    """
    faults: dict[tuple[int, int], str] = {}
    height = width = 0
    for text in _cells_of(path, sheet.member):
        has_places = not UNPLACED.search(text)
        height = max(height, next(most for digits, most in HEIGHTS if not has_places or digits.search(text)))
        width = max(width, next(most for letters, most in WIDTHS if not has_places or letters.search(text)))
        if b't="e"' in text:
            errors = ERROR.findall(text)
            if len(errors) < len(ANY_ERROR.findall(text)):
                raise Refused(
                    "it has errors such as #N/A without their places; save it again in Excel, or as CSV UTF-8"
                )
            faults |= {(int(row) - 1, _place(column)): value.decode() for column, row, value in errors}
        if b"<f" in text or b":f" in text:
            faults |= {(int(row) - 1, _place(column)): UNCALCULATED for column, row in EMPTY_FORMULA.findall(text)}
    if height * width > MOST_CELLS:
        _check_reach(path, sheet)
    return faults


def _check_reach(path: Path, sheet: Part) -> None:
    """Raise Refused if the cells reach further than memory does."""
    height = width = rows_before = 0
    for text in _cells_of(path, sheet.member):
        is_placed = not UNPLACED.search(text)
        places = (FILLED if is_placed else PLACE).findall(text)
        columns = {letters for letters, _ in places}
        height = max(height, *(int(row) for _, row in places), 0)
        width = max(width, *(_place(letters) + 1 for letters in columns), 0)
        rows = ROW.split(text)
        rows_before += len(rows) - 1
        if not is_placed:
            height, width = max(height, rows_before), max(width, *(len(CELL.findall(row)) for row in rows))
    if height * width > MOST_CELLS:
        raise Refused(
            f"line {height}: the cells reach to row {height:,} and column {width:,}, more than {MOST_CELLS:,} cells; "
            "delete what is beside and below the table, or save the sheet as CSV UTF-8"
        )


def first_texts(path: Path, size: int) -> bytes:
    """Return the beginning of the texts in the workbook, empty if it has none of its own."""
    with open_archive(path) as archive:
        if TEXTS not in archive.namelist():
            return b""
        with archive.open(TEXTS) as texts:
            return texts.read(size).replace(b"\n", b" ")


def _cells_of(path: Path, member: str) -> Iterator[bytes]:
    """Yield the XML of the sheet in pieces that begin and end between two rows."""
    with open_archive(path) as archive:
        if member not in archive.namelist():
            raise Refused("the Excel workbook is broken or not complete; copy or download it again")
        waiting = b""
        with archive.open(member) as file:
            for piece in pieces(cast(IO[bytes], file)):
                text = waiting + piece
                end = text.rfind(b"row>") + 4 if b"row>" in text else len(text)
                yield text[:end]
                waiting = text[end:]
        yield waiting


def _place(letters: bytes) -> int:
    """Return the place of a column from 0, by its letters."""
    place = 0
    for letter in letters:
        place = 26 * place + letter - 64
    return place - 1
