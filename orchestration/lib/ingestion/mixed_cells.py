"""Texts beside dates or numbers in one column of a sheet: what a spreadsheet read in the wrong way.

A spreadsheet of another language that opens a CSV file turns 3/1/2026 into a date, with day and month swapped, and
leaves 13/1/2026 a text; it turns 1.234 into a fraction and leaves 1.234,50 a text. What it has turned looks right, and
only the texts that it left show it. Belongs here: these texts. Does not belong here: columns of texts only, whose
format is determined as in a CSV file (`formats.py`).
"""

import re
from collections.abc import Callable

import duckdb

from orchestration.lib.ingestion.fields import Field, fields_of
from orchestration.lib.ingestion.formats import POINT, SETTLED
from orchestration.lib.ingestion.header import Header
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.ingestion.sheet_texts import Written
from orchestration.lib.ingestion.shown import shown
from orchestration.lib.source_tables import SourceTable

DAY_AND_MONTH = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}")
WITH_POINT = re.compile(SETTLED.format(m=POINT, g=","))
ADVICE = (
    "use the original file, or open it again with this column as text (Data > From Text/CSV), since the cells that "
    "became {what} may be wrong"
)


def settle_mixed_cells(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, header: Header, written: Written, header_row: int
) -> None:
    """Raise Refused for a text that shows a wrong reading; write fractions so that they cannot be thousands."""
    numbers = []
    for field in fields_of(table, header):
        texts = {row: text for row, text in written.texts.get(field.place, {}).items() if row > header_row}
        if field.family == "time" and 0 < written.dates.get(field.place, 0) <= 12:
            _refuse(field, texts, _is_swapped, "dates, none of them after the 12th day of a month", "dates")
        elif field.family in ("number", "integer") and field.place in written.numbers:
            numbers.append(field.place)
            _refuse(field, texts, _is_other_number, "numbers", "numbers")
    if numbers:
        cells = ", ".join(
            f"if(regexp_full_match(c{place}, '-?\\d+\\.\\d{{3}}'), c{place} || '0', c{place}) as c{place}"
            for place in numbers
        )
        connection.execute(f"create or replace temp table parsed as select * replace ({cells}) from parsed")


def _refuse(field: Field, texts: dict[int, str], is_wrong: Callable[[str], bool], beside: str, what: str) -> None:
    for row, text in sorted(texts.items()):
        if is_wrong(text):
            cell = shown(field.column, field.has_persons, text)
            raise Refused(
                f"line {row}, {field.description}: {cell} is a text, while other cells of the column are {beside}; "
                + ADVICE.format(what=what)
            )


def _is_swapped(text: str) -> bool:
    found = DAY_AND_MONTH.match(text)
    return found is not None and max(int(found[1]), int(found[2])) > 12


def _is_other_number(text: str) -> bool:
    digits = re.sub(r"[^0-9.,]", "", text)
    return bool(re.search(r"\d[.,]|[.,]\d", text)) and not WITH_POINT.fullmatch(digits)
