"""Exports that came with much fewer rows than the one before: `fuller_file` and `fuller_rows` of raw.ingestion__loads.

Belongs here: which exports these are, compared with the loads that they replace or follow. Does not belong here: what
follows from it (the guard `shrunk_exports`), single records that are gone (`vanished.py`).

The two columns name the last export that was as full as the one before it. They stay, whatever comes next, until an
export is as full as that one, or the company accepts the smaller one (`smaller_until` in reference/systems.csv).
"""

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

import duckdb

from orchestration.lib.formats import count
from orchestration.lib.ingestion import ledger
from orchestration.lib.ingestion.ledger import Load, Measure
from orchestration.lib.ingestion.servers import span_of
from orchestration.lib.ingestion.vanished import FEW, KEPT, LACKING
from orchestration.lib.language import gettext
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal, quoted


def accept(connection: duckdb.DuckDBPyConnection, table: SourceTable, until: date | None) -> None:
    """Take the exports that came up to a day as they are; a day to come accepts nothing."""
    if until:
        connection.execute(
            """
            update raw.ingestion__loads set fuller_file = null, fuller_rows = null
            where system = ? and table_name = ? and fuller_rows is not null
                and loaded_at::date <= ? and ? <= now()::timestamp::date + 1
            """,
            [table.system, table.name, until, until],
        )


def compare_with_replaced(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str, before: Load, is_same_content: bool = False
) -> None:
    """Compare the load of `file` with the one that it replaced, of this file or of its former name."""
    now = ledger.loads_in_force(connection, table)[file]
    if now.is_correction or before.is_correction:
        return
    measure = before.measure(file)
    if is_same_content:  # Read again, or renamed: it is what it was.
        _note(connection, table, file, measure if before.fuller_rows else None)
    elif _is_shrunk(now.rows_loaded, measure):
        _note(connection, table, file, measure)


def compare_with_forgotten(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str, measure: Measure
) -> list[str]:
    """Compare the load of a table of a database with the loads that it has replaced; return a sentence if it shrank."""
    rows = ledger.loads_in_force(connection, table)[file].rows_loaded
    if not _is_shrunk(rows, measure):
        return []
    _note(connection, table, file, measure)
    return [_sentence(file, rows, *measure)]


def compare_with_earlier(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    order: list[str],
    is_later: Callable[[str, str], bool],
    loaded: Collection[str],
) -> list[str]:
    """Compare those of `order` that are `loaded` now with the export before each; return a sentence about each.

    Only where the export before was as full as its own predecessor: else exports are parts, of a month for example.
    """
    loads = ledger.loads_in_force(connection, table)
    for place, file in enumerate(order):
        span = span_of(Path(file))
        is_part = not table.key or (span and (span.after or span.since))
        if place and file in loaded and not is_part and not loads[file].fuller_rows:
            before = order[place - 1]
            measure = loads[before].measure(before)
            if not _is_shrunk(loads[file].rows_loaded, measure) or not is_later(before, file):
                continue
            if loads[before].fuller_rows or (place > 1 and _is_as_full(connection, table, order[place - 2], before)):
                _note(connection, table, file, measure)
                loads = ledger.loads_in_force(connection, table)
    _forget_completed(connection, table)
    return [
        _sentence(file, load.rows_loaded, load.fuller_file or "", load.fuller_rows)
        for file, load in sorted(ledger.loads_in_force(connection, table).items())
        if load.fuller_rows and file in loaded
    ]


def _forget_completed(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> None:
    """A smaller export under a name of its own does no harm once a full one follows it."""
    connection.execute(
        """
        update raw.ingestion__loads as loads set fuller_file = null, fuller_rows = null
        where system = ? and table_name = ? and fuller_file <> file and exists (
            select 1
            from raw.ingestion__loads as later
            where later.system = loads.system and later.table_name = loads.table_name and later.status = 'loaded'
                and later.fuller_rows is null and later.load_number > loads.load_number
                and later.rows_loaded >= ? * loads.fuller_rows
        )
        """,
        [table.system, table.name, KEPT],
    )


def _is_shrunk(rows: int, measure: Measure) -> bool:
    """Fewer than half of the rows; of a few rows all must be gone."""
    lost = measure[1] - rows
    return rows < KEPT * measure[1] and (lost > FEW or not rows)


def _is_as_full(connection: duckdb.DuckDBPyConnection, table: SourceTable, earlier: str, later: str) -> bool:
    """Whether the later export has the records of the earlier one, as a full export does."""
    key = ", ".join(map(quoted, table.key))
    records = f"select distinct {key} from raw.{quoted(table.raw_table)} where _file = "
    query = f"""
        with earlier as ({records} {literal(earlier)}), later as ({records} {literal(later)})
        select (select count(*) from earlier), (select count(*) from earlier inner join later using ({key}))
    """
    count, kept = connection.execute(query).fetchall()[0]
    return kept >= KEPT * count and count - kept <= max(LACKING * count, FEW)


def _sentence(file: str, rows: int, fuller_file: str, fuller_rows: int) -> str:
    values = {"file": file, "rows": count(rows), "earlier_file": fuller_file, "earlier_rows": count(fuller_rows)}
    return gettext("%(file)s has %(rows)s rows, and %(earlier_file)s had %(earlier_rows)s", **values)


def _note(connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str, measure: Measure | None) -> None:
    connection.execute(
        "update raw.ingestion__loads set fuller_file = ?, fuller_rows = ? "
        "where system = ? and table_name = ? and file = ? and status = 'loaded'",
        [*(measure or (None, None)), table.system, table.name, file],
    )
