"""The cells of a sheet as the text of a CSV file, and what such a text does not show.

Belongs here: the text of a typed cell. Does not belong here: which sheet it is (`workbooks.py`), and what follows from
texts beside typed cells (`mixed_cells.py`). A date of the spreadsheet becomes year-month-day, so that the order of its
day and month is not open; a date without a time stays one.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from python_calamine import CalamineSheet

DELIMITER = ","
ROWS_AT_ONCE = 5_000
# Excel keeps 15 digits; of a longer number it has lost the rest, which the notation with an exponent shows.
LONGEST = 10.0**15


class Written:
    """The text of a sheet, and what is known when all its pieces are written.

    `rows` are the numbers of the rows that are not empty; `numbers` and `dates` the places of columns with numbers or
    dates, `dates` with the latest day of a month among them; `texts` the texts of columns that have one of these too.
    """

    def __init__(self, cells: CalamineSheet, faults: dict[tuple[int, int], str]) -> None:
        self.rows: list[int] = []
        self.numbers: set[int] = set()
        self.dates: dict[int, int] = {}
        self.texts: dict[int, dict[int, str]] = {}
        self._cells = cells
        self._faults = faults

    def pieces(self) -> Iterator[bytes]:
        """Yield the text; an empty row is an empty line, as in a CSV file that is skipped."""
        left = self._cells.start[1] if self._cells.start else 0
        rows, first = self._cells.iter_rows(), 0
        while block := list(islice(rows, ROWS_AT_ONCE)):
            for (row, place), text in self._faults.items():
                if first <= row < first + len(block):
                    block[row - first][place - left] = text
            columns = [self._texts(cells, place, first) for place, cells in enumerate(zip(*block, strict=True))]
            lines = list(zip(*columns, strict=True))
            self.rows += [first + number for number, line in enumerate(lines, 1) if any(line)]
            written = io.StringIO()
            csv.writer(written, delimiter=DELIMITER, lineterminator="\n").writerows(filter(any, lines))
            yield written.getvalue().encode()
            first += len(block)

    def _texts(self, cells: Sequence[Any], place: int, first: int) -> Sequence[str]:
        kinds = set(map(type, cells))
        if kinds == {str}:
            return cells
        if days := [cell.day for cell in cells if isinstance(cell, date)]:
            self.dates[place] = max(self.dates.get(place, 0), *days)
        if kinds & {int, float}:
            self.numbers.add(place)
        if str in kinds:
            found = {first + row: cell for row, cell in enumerate(cells, 1) if type(cell) is str and cell}
            self.texts.setdefault(place, {}).update(found)
        return [text_of(cell) for cell in cells]


def text_of(value: Any) -> str:
    """Return the text of a typed cell."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _number(float(value))
    if isinstance(value, datetime):
        rounded = value + timedelta(microseconds=500)
        return rounded.isoformat(" ", "milliseconds" if rounded.microsecond // 1000 else "seconds")
    return str(value)


def _number(value: float) -> str:
    if abs(value) >= LONGEST:
        return f"{value:.14E}"
    return str(int(value)) if value.is_integer() else f"{Decimal(f'{value:.15g}'):f}"
