"""Rows of forgotten persons that an export still has, or has again: they are counted, and not loaded.

Belongs here: applying the list to the tables `typed` and `problems` of one file, and to rejected rows: those are kept
as text, so any of them goes in which one is named. Does not belong here: who is on the list, and what is theirs in a
row that loads (`forgotten/`).
"""

import duckdb

from orchestration.lib.forgotten import words
from orchestration.lib.forgotten.listed import EMAIL, NAME, PHONE, Forgotten, record_of
from orchestration.lib.forgotten.matching import match, values_in
from orchestration.lib.forgotten.removing import other_ids, remove
from orchestration.lib.ingestion.header import column_of
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal

ROWS = "raw.ingestion__rejected_rows"
TEXT = "coalesce(row_text, '') || ' ' || coalesce(cells, '')"


def withhold_rows(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, forgotten: Forgotten, is_correction: bool
) -> tuple[int, frozenset[str]]:
    """Delete their rows from `typed`, rejected ones among them, and empty what others' rows have of them.

    Return the number of rows, and the ids of records that are theirs and not on the list.
    """
    if not forgotten:
        return 0, frozenset()
    found = values_in(connection, "typed", table, forgotten)
    ids = other_ids(connection, "typed", table, found)
    lines = [line for line, *_ in remove(connection, "typed", table, found, "_line").deleted]
    connection.execute("delete from problems where line in (select unnest(?))", [lines])
    if is_correction:
        connection.execute("delete from corrects where _line in (select unnest(?))", [lines])
    return len(lines), ids


def withhold_rejected(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, forgotten: Forgotten, load_id: str
) -> int:
    """Delete the rejected rows of a load that have something of theirs, and return the number."""
    if not forgotten:
        return 0
    lines = [line for _, line, _ in remove_rejected(connection, table, forgotten, load_id)]
    connection.execute("delete from problems where line in (select unnest(?))", [lines])
    return len(lines)


def remove_rejected(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, forgotten: Forgotten, load_id: str = ""
) -> list[tuple[str, int, str]]:
    """Delete the rejected rows of a table, or of one load, that name a forgotten person: (file, line, load)."""
    which = f"system = {literal(table.system)} and table_name = {literal(table.name)}"
    which += f" and load_id = {literal(load_id)}" if load_id else ""
    relation = f"(from {ROWS} where {which})"
    if not connection.execute(f"select count(*) from {relation}").fetchall()[0][0]:
        return []
    labels = connection.execute(f"select distinct unnest(json_keys(cells)) from {relation}").fetchall()
    persons = {column.name for column in table.columns if column.person in ("row", "cell")}
    cells = [_cell(label) for (label,) in labels if column_of(label, table) in persons]
    of_cells = [(record_of(table.system), words.ids(cell)) for cell in cells]
    of_text = [(EMAIL, words.emails(TEXT)), (NAME, words.names(TEXT)), (PHONE, words.phones(TEXT))]
    found = match(connection, relation, [*of_cells, *of_text], forgotten, table.system)
    if not found:
        return []
    is_named = [found.is_in_text(TEXT, is_personal=True)]
    is_named += [f"coalesce(list_has_any({words.ids(cell)}, {words.one_of(found.ids)}), false)" for cell in cells]
    return connection.execute(
        f"delete from {ROWS} where {which} and ({' or '.join(is_named)}) returning file, line, load_id"
    ).fetchall()


def _cell(label: str) -> str:
    pointer = "/" + label.replace("~", "~0").replace("/", "~1")
    return f"json_extract_string(cells, {literal(pointer)})"
