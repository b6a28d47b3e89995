"""Taking forgotten persons out of every raw table of a warehouse, and counting what was theirs.

Belongs here: the order of the tables, the ledger of loads, records that vanished. Does not belong here: one table
(`removing.py`), the file itself (`commands/`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import duckdb

from orchestration.lib.forgotten import words
from orchestration.lib.forgotten.kept import add_to_list
from orchestration.lib.forgotten.listed import EMAIL, Forgotten, record_of
from orchestration.lib.forgotten.matching import match, values_in
from orchestration.lib.forgotten.removing import remove, without_values
from orchestration.lib.ingestion.raw_tables import create_ledger
from orchestration.lib.ingestion.report import FRAME, LoadReport
from orchestration.lib.ingestion.withholding import remove_rejected
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal, quoted

TEXTS_OF_LOADS = ("reason", "labels", "undeclared_columns")


@dataclass
class Swept:
    """What was theirs: rows deleted and emptied by table, rejected rows, and lines of files that still have them."""

    deleted: Counter[str] = field(default_factory=Counter)
    emptied: Counter[str] = field(default_factory=Counter)
    rejected: int = 0
    lines: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        """Whether there was anything."""
        return bool(self.deleted or self.emptied or self.rejected)


def sweep(connection: duckdb.DuckDBPyConnection, tables: Iterable[SourceTable], forgotten: Forgotten) -> Swept:
    """Take everybody on the list out of the raw tables. The caller opens the transaction, and may take it back."""
    create_ledger(connection)
    swept = Swept()
    present = "select table_name from duckdb_tables() where schema_name = 'raw'"
    names = {name for (name,) in connection.execute(present).fetchall()}
    for table in tables:
        if table.raw_table in names:
            _sweep_table(connection, table, forgotten, swept)
    return swept


def sweep_other_ids(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[SourceTable], reports: Iterable[LoadReport]
) -> None:
    """Put the new ids of forgotten persons onto the list, and take what has them out of the tables of their system."""
    ids = {each for report in reports for file in report.files for each in file.forgotten_ids}
    if ids:
        forgotten = add_to_list(connection, [(record_of(tables[0].system), each) for each in ids], is_done=True)
        connection.begin()
        sweep(connection, tables, forgotten)
        connection.commit()


def _sweep_table(connection: duckdb.DuckDBPyConnection, table: SourceTable, forgotten: Forgotten, swept: Swept) -> None:
    relation = f"raw.{quoted(table.raw_table)}"
    found = values_in(connection, relation, table, forgotten)
    removed = remove(connection, relation, table, found, "_file, _line")
    rejected = remove_rejected(connection, table, forgotten)
    lines = {*removed.deleted, *removed.changed, *((file, line) for file, line, _ in rejected)}
    swept.lines.update((table.system, file) for file, _ in lines)
    if removed.deleted:
        swept.deleted[table.raw_table] += len(removed.deleted)
    if changed := removed.changed - set(removed.deleted):
        swept.emptied[table.raw_table] += len(changed)
    swept.rejected += len(rejected)
    if removed.deleted or rejected:
        _count(connection, table)
    if found and table.key:
        _sweep_vanished(connection, table)
    _sweep_ledger(connection, table, forgotten)


def _count(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> None:
    """Write into the ledger how many rows of each load are left, and how many were theirs."""
    connection.execute(
        f"""
        with
            loaded as (select _load_id as load_id, count(*) as rows from raw.{quoted(table.raw_table)} group by all),
            rejected as (
                select
                    load_id, count(*) as rows, count(mended_by) as corrected,
                    count(*) filter (where starts_with(reason, '{FRAME}: ')) as frames
                from raw.ingestion__rejected_rows
                group by all
            ),
            counts as (
                select
                    loads.load_id, coalesce(loaded.rows, 0) as loaded, coalesce(rejected.rows, 0) as rejected,
                    coalesce(rejected.corrected, 0) as corrected, coalesce(rejected.frames, 0) as frames
                from raw.ingestion__loads as loads
                left join loaded using (load_id)
                left join rejected using (load_id)
                where loads.system = ? and loads.table_name = ? and loads.status = 'loaded'
            )
        update raw.ingestion__loads
        set
            rows_loaded = counts.loaded, rows_rejected = counts.rejected, rows_corrected = counts.corrected,
            non_data_lines = counts.frames, rows_forgotten = records - counts.loaded - counts.rejected
        from counts
        where ingestion__loads.load_id = counts.load_id
        """,
        [table.system, table.name],
    )


def _sweep_vanished(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> None:
    """Of the vanished records those stay whose row is there; `vanished.py` writes a personal key as a hash."""
    key = f"concat_ws(':', {', '.join(f'cast({quoted(name)} as varchar)' for name in table.key)})"
    connection.execute(
        f"""
        delete from raw.ingestion__vanished_records
        where system = $1 and table_name = $2 and record_id not in (
            select {key} from raw.{quoted(table.raw_table)}
            union all
            select left(sha256(concat_ws(':', loads.load_id, {key})), 16)
            from raw.{quoted(table.raw_table)}
            inner join raw.ingestion__loads as loads
                on _file = loads.file and loads.system = $1 and loads.table_name = $2
        )
        """,
        [table.system, table.name],
    )


def _sweep_ledger(connection: duckdb.DuckDBPyConnection, table: SourceTable, forgotten: Forgotten) -> None:
    """What a label, or the reason of a refused file, has of them."""
    of_table = f"system = {literal(table.system)} and table_name = {literal(table.name)}"
    loads = f"(from raw.ingestion__loads where {of_table})"
    lists = [(EMAIL, words.emails(column)) for column in TEXTS_OF_LOADS]
    lists += [(record_of(table.system), words.words_like_ids("reason"))]
    named = match(connection, loads, lists, forgotten, table.system)
    for column in TEXTS_OF_LOADS if named else ():
        without = without_values(column, named)
        connection.execute(f"update raw.ingestion__loads set {column} = {without} where {of_table}")
