"""What surrounds the rows of a CSV file: title lines, the header, and the closing lines of a report.

Belongs here: which record is the header, which delimiter it uses, and which lines are not data. Does not belong
here: what the labels mean (`header.py`), how records are found (`records.py`) and split (`readers.py`).
"""

import csv
import io
import re
from dataclasses import dataclass

from orchestration.lib.ingestion.header import declared_columns
from orchestration.lib.ingestion.records import Records
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.labels import straight_label
from orchestration.lib.source_tables import SourceTable

DELIMITERS = (",", ";", "\t", "|")
# The number of records at either end that are searched for titles and closing lines.
REACH = 20


@dataclass(frozen=True)
class HeaderLine:
    """The record with the labels; a label without text, as spreadsheets leave them behind, is named `column <n>`."""

    position: int
    delimiter: str
    labels: list[str]
    unnamed: list[int]  # places of the labels without text

    @property
    def filled(self) -> int:
        """The number of labels up to the last one with text."""
        return 1 + max(place for place in range(-1, len(self.labels)) if place not in self.unnamed)


def find_header(records: Records, table: SourceTable, known: tuple[str, ...] = ()) -> HeaderLine:
    """Return the first record that has all required columns, else the one with most declared labels, else the first.

    The delimiter is the one that yields most declared labels, among equals most labels; Excel's first line `sep=;`
    defines it, and so does `known`. Raises Refused for records that cannot be split.
    """
    defined = re.fullmatch(r'"?sep=(.)"?', records.text(0), re.IGNORECASE)
    delimiters = known or ((defined[1],) if defined and defined[1] in DELIMITERS else DELIMITERS)
    first = int(bool(defined)) if len(records) > 1 else 0
    required = {column.name for column in table.columns if column.always_required}
    best: tuple[int, HeaderLine] | None = None
    for position in range(first, min(first + REACH, len(records))):
        splits = []
        for delimiter in delimiters:
            cells = split(records.text(position), delimiter)
            unnamed = [place for place, cell in enumerate(cells) if not straight_label(cell)]
            labels = [f"column {place + 1}" if place in unnamed else cell.strip() for place, cell in enumerate(cells)]
            found = declared_columns(labels, table)
            splits.append((len(found), len(labels), HeaderLine(position, delimiter, labels, unnamed), found))
        count, _, line, found = max(splits, key=lambda each: each[:2])
        if line.labels and required and required <= found:
            return line
        if line.labels and (best is None or count > best[0]):
            best = count, line
    if best is None:
        raise Refused(f"line {records.lines[0]}: the header cannot be read; export the file again")
    return best[1]


def split(text: str, delimiter: str) -> list[str]:
    """Return the cells of one record; no cells when it cannot be split by this delimiter."""
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def non_data_lines(records: Records, header: HeaderLine, table: SourceTable) -> dict[int, str]:
    """Return the positions of the records around the rows, each with the reason; the header is not among them."""
    last = _first_closing_line(records, header, table)
    reasons = dict.fromkeys(range(header.position), "a line above the header")
    return reasons | dict.fromkeys(range(last, len(records)), "a closing line of the report")


def _first_closing_line(records: Records, header: HeaderLine, table: SourceTable) -> int:
    """Return the position of the first closing line, or the position after the last record when there is none.

    Closing lines are the last lines that match a footer, and the lines of one cell between and above these.
    """
    footers = [re.compile(footer, re.IGNORECASE) for footer in table.footers]
    closing, has_footer = len(records), False
    for position in range(len(records) - 1, max(header.position, len(records) - 1 - REACH), -1) if footers else ():
        cells = split(records.text(position), header.delimiter)
        text = next((cell.strip() for cell in cells if cell.strip()), "")
        is_footer = any(footer.search(text) for footer in footers)
        if not is_footer and (len(header.labels) == 1 or sum(map(bool, map(str.strip, cells))) > 1):
            break
        closing, has_footer = position, has_footer or is_footer
    return closing if has_footer else len(records)
