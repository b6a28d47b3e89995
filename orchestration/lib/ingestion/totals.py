"""Totals between the rows: a report that is exported as it is formatted has one below each group, and one at its end.

Belongs here: finding such a row in what a reader made of the file. Does not belong here: the closing lines
(`boundaries.py`), whose patterns a source declares. A total is a non-data line. Of a report that shows what a group has
in common in its first row only, the other rows have it too.
"""

import csv
import re
from pathlib import Path

import duckdb

from orchestration.lib.ingestion.duckdb_reader import take_out
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.labels import fold_label
from orchestration.lib.source_tables import SourceTable

with Path(__file__).with_name("total_words.csv").open(encoding="utf-8", newline="") as words:
    WORDS = [(row["value"], fold_label(row["word"])) for row in csv.DictReader(words)]
SUBTOTALS = {word for value, word in WORDS if value == "subtotal"}  # below a group
TOTALS = SUBTOTALS | {word for value, word in WORDS if value == "total"}
MEASURES = {word for value, word in WORDS if value == "measure"}  # what was done to the rows: Sum of Amount
# A number, with or without a currency.
FIGURE = re.compile(r"[^\w\d-]*([a-z]{3}|r)?[^\w\d-]*-?\d[\d.,'’ ]*[^\w\d]*([a-z]{3})?")


def reject_totals(connection: duckdb.DuckDBPyConnection, labels: list[str], table: SourceTable) -> None:
    """Move the totals of a report from `parsed` to `record_problems`, and repeat what a group has in common.

    Raises Refused where it is not clear which rows have it in common.
    """
    if not table.footers or len(labels) < 2:
        return
    found = {line: word for line, *cells in _suspected(connection) if (word := _total_in(cells))}
    take_out(connection, list(found), "a total")
    # Below a group the word is in the column of what the group has in common.
    for place in sorted({place for place, text in found.values() if text in SUBTOTALS}):
        _repeat(connection, place, labels[place], sorted(found))


def _suspected(connection: duckdb.DuckDBPyConnection) -> list[tuple]:
    """Return line and cells of the rows that begin with nothing or with a word like a total."""
    words = "starts_with(lower(c0), 'g') or contains(lower(c0), 'tot') or contains(lower(c0), 'sum')"
    return connection.execute(
        f"select _line, columns('^c[0-9]+$') from parsed where coalesce(trim(c0), '') = '' or {words} order by _line"
    ).fetchall()


def _total_in(cells: list[str | None]) -> tuple[int, str] | None:
    """Return place and text of the first cell of a total; None for a row, which has other texts too."""
    filled = [(place, text) for place, cell in enumerate(cells) if (text := fold_label(cell or ""))]
    if not filled or filled[0][1] not in TOTALS:
        return None
    is_total = all(FIGURE.fullmatch(text) or text.split(" of ")[0] in MEASURES for _, text in filled[1:])
    return filled[0] if is_total else None


def _repeat(connection: duckdb.DuckDBPyConnection, place: int, label: str, totals: list[int]) -> None:
    """Write the first cell of each group into the others, which are empty."""
    value = f"nullif(trim(c{place}), '')"
    query = f"""
        with
            numbered as (
                select
                    _line,
                    {value} as value,
                    row_number() over (partition by len(list_filter(?, line -> line < _line)) order by _line) as number
                from parsed
            )
        select
            min(_line) filter (where value is null),
            bool_and(value is null or number = 1) and arg_min(value is not null, _line)
        from numbered
    """
    line, is_first = connection.execute(query, [totals]).fetchall()[0]
    if line is None:
        return
    if not is_first:
        raise Refused(
            f"line {line}, column {label}: empty in a report with totals of groups; export it as Details Only"
        )
    connection.execute(
        f"create or replace temp table parsed as select * replace "
        f"(last_value({value} ignore nulls) over (order by _line) as c{place}) from parsed order by _line"
    )
