"""Rows that are no records: empty ones, and headers between the rows of exports that somebody put together in one file.

Belongs here: finding such a row in what a reader made of the file. Does not belong here: the header of the file
(`boundaries.py`), and which column a label feeds (`header.py`). A header like that of the file is a non-data line, and
so is a row of separators only, which spreadsheets leave behind the last one. Below a header with other labels, or with
the same in another order, the cells are in other columns: the file is refused.
"""

import duckdb

from orchestration.lib.ingestion.duckdb_reader import Parsed, take_out
from orchestration.lib.ingestion.header import column_of
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.ingestion.workbooks import placed
from orchestration.lib.labels import fold_label
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal

# The cells by which a row is suspected; all of its cells decide.
SUSPECTING = 3
# A row with this share of labels is a header; one of other columns has labels that are not known here.
SHARE = 0.75


def reject_other_headers(connection: duckdb.DuckDBPyConnection, table: SourceTable, parsed: Parsed) -> None:
    """Move headers from `parsed` to `record_problems`. Raises Refused for a header of other columns."""
    labels = parsed.header.labels
    known = {fold_label(label) for label in _known(table, labels)}
    found = []
    for line, *cells in _suspected(connection, table, labels):
        texts = [fold_label(cell or "") for cell in cells]
        filled = [text for text in texts if text]
        if _is_same(texts, labels, table):
            found.append(line)
        elif len(labels) > 1 and len(set(filled) & known) >= max(2, SHARE * len(filled)):
            text = (
                f"line {line} is the header of another export, with other columns or in another order; split the file "
                "there, and put each export here as a file of its own"
            )
            raise Refused(placed(text, parsed.sheet) if parsed.sheet else text)
    take_out(connection, found, "the header again")


def reject_empty_rows(connection: duckdb.DuckDBPyConnection, parsed: Parsed) -> None:
    """Move rows of separators only, of two and more columns, from `parsed` to `record_problems`."""
    nothing = " and ".join(f"c{place} is null" for place in range(len(parsed.header.labels)))
    if len(parsed.header.labels) > 1:
        empty = connection.execute(f"select _line from parsed where {nothing}").fetchall()
        take_out(connection, [line for (line,) in empty], "an empty row")


def _known(table: SourceTable, labels: tuple[str, ...]) -> list[str]:
    return [*labels, *(label for column in table.columns for label in (column.name, *column.labels))]


def _suspected(connection: duckdb.DuckDBPyConnection, table: SourceTable, labels: tuple[str, ...]) -> list[tuple]:
    """Return line and cells of the rows whose first cells are labels; of one column only where it is the label."""
    if len(labels) == 1:
        tests = [f"trim(c0) = {literal(labels[0])}"]
    else:
        words = f"(select strip_accents(lower(unnest([{', '.join(map(literal, _known(table, labels)))}]))))"
        named = [place for place, label in enumerate(labels) if not _is_unnamed(label, place)]
        tests = [f"strip_accents(lower(trim(c{place}))) in {words}" for place in named[:SUSPECTING]]
    # The other cells are read of these rows only, so that those of a large file stay on disk.
    found = connection.execute(f"select _line from parsed where {' and '.join(tests)}").fetchall()
    lines = [line for (line,) in found]
    cells = ", ".join(f"c{place}" for place in range(len(labels)))
    query = f"select _line, {cells} from parsed where list_contains(?, _line) order by _line"
    return connection.execute(query, [lines]).fetchall() if lines else []


def _is_same(texts: list[str], labels: tuple[str, ...], table: SourceTable) -> bool:
    """Whether each cell is the label of its column, in any case or by another name of the same column."""
    return all(
        text == fold_label(label)
        or (not text and _is_unnamed(label, place))
        or (text and column_of(text, table) == column_of(label, table))
        for place, (text, label) in enumerate(zip(texts, labels, strict=True))
    )


def _is_unnamed(label: str, place: int) -> bool:
    """Whether the label has no text in the file, and is the name that it was given (`boundaries.py`)."""
    return label == f"column {place + 1}"
