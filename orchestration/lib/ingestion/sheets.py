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

from orchestration.lib.ingestion.archives import open_archive, version_of
from orchestration.lib.ingestion.detection import Refused
from orchestration.lib.ingestion.pieces import pieces

WORKBOOK, LINKS, TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
UNCALCULATED = "#FORMULA!"
# A sheet is held in memory as a rectangle, which one value in a far corner makes immense: 2 GB.
MOST_CELLS = 60_000_000
EXTENT = re.compile(rb'<(?:\w+:)?dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')
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
    extent: tuple[int, int] | None = None
    reach = (0, 0)
    for text in _cells_of(path, sheet.member):
        if extent is None:
            found = EXTENT.search(text)
            extent = (int(found[2]), _place(found[1]) + 1) if found else (0, 0)
        if not 0 < extent[0] * extent[1] <= MOST_CELLS:
            filled = FILLED.findall(text)
            rows = max((int(row) for _, row in filled), default=0)
            reach = max(reach[0], rows), max(reach[1], *(_place(each) + 1 for each in {c for c, _ in filled} | {b"A"}))
        if b't="e"' in text:
            errors = ERROR.findall(text)
            if len(errors) < len(ANY_ERROR.findall(text)):
                raise Refused(
                    "it has errors such as #N/A without their places; save it again in Excel, or as CSV UTF-8"
                )
            faults |= {(int(row) - 1, _place(column)): value.decode() for column, row, value in errors}
        if b"<f" in text or b":f" in text:
            faults |= {(int(row) - 1, _place(column)): UNCALCULATED for column, row in EMPTY_FORMULA.findall(text)}
    if reach[0] * reach[1] > MOST_CELLS:
        raise Refused(
            f"line {reach[0]}: the cells reach to row {reach[0]:,} and column {reach[1]:,}, more than a table has; "
            "delete what is beside and below the table, or save the sheet as CSV UTF-8"
        )
    return faults


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
