"""The raw tables and the two tables of the ledger: their shape.

Belongs here: creating them, and bringing those of an earlier version or declaration up to date. Does not belong here:
what is written into them (`ledger.py`, `rejects.py`, `load.py`). No function here opens a transaction: the caller
defines its scope.
"""

from datetime import datetime
from typing import Annotated

import duckdb

from orchestration.lib.closing.months import create_closings
from orchestration.lib.source_tables import Column, SourceTable
from orchestration.lib.warehouse.own_tables import BigInt, Row, create_table
from orchestration.lib.warehouse.sql import columns_of, literal, quoted

TECHNICAL = {
    "_extra": "VARCHAR",
    "_file": "VARCHAR",
    "_line": "BIGINT",
    "_load_id": "VARCHAR",
    "_load_number": "BIGINT",
    "_time_zone": "VARCHAR",
}


class LoadRow(Row, table="ingestion__loads"):
    """A file that was loaded or refused."""

    load_id: str | None
    load_number: BigInt | None
    system: str
    table_name: str
    file: str
    content_sha256: str
    status: str
    reason: str | None
    records: BigInt | None
    rows_loaded: BigInt | None
    rows_rejected: BigInt | None
    undeclared_columns: str | None
    missing_columns: str | None
    loaded_at: datetime
    non_data_lines: BigInt | None
    rows_corrected: Annotated[int, "bigint default 0"]
    is_correction: Annotated[bool, "boolean default false"]
    labels: str | None
    newest_values: str | None
    time_zone: str | None
    file_time: datetime | None
    known_at: datetime | None
    entries: str | None
    fuller_file: str | None
    fuller_rows: BigInt | None
    is_present: Annotated[bool, "boolean default true"]
    rows_forgotten: Annotated[int, "bigint default 0"]
    file_state: str | None


class RejectedRow(Row, table="ingestion__rejected_rows"):
    """A row that was rejected, with its text and cells."""

    load_id: str
    system: str
    table_name: str
    file: str
    line: BigInt
    column_name: str | None
    reason: str
    row_text: str | None
    cells: str | None
    mended_by: str | None


class VanishedRecord(Row, table="ingestion__vanished_records"):
    """A record of a full export that no later export has, though `later_file` is as full.

    Where the key of the table is personal, `record_id` is a hash (`is_hidden`).
    """

    system: str
    table_name: str
    record_id: str
    file: str
    later_file: str
    is_hidden: Annotated[bool, "boolean default false"]


# Columns of the ledger as versions before 0.5.0 named them.
RENAMED = {
    "rows_set_apart": "rows_rejected",
    "frame_lines": "non_data_lines",
    "rows_mended": "rows_corrected",
    "is_mending": "is_correction",
}


def create_ledger(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the schema `raw`, raw.ingestion__loads and raw.ingestion__rejected_rows where they are missing.

    Also create the tables of closed months: like the ledger they persist between builds, and the models read them.
    """
    create_closings(connection, "raw")
    _rename_columns(connection)
    create_table(connection, LoadRow)
    create_table(connection, VanishedRecord)
    # A ledger of version 0.1.0 joins labels with commas; later ones have JSON lists.
    is_old = "mended_by" not in create_table(connection, RejectedRow)
    for column in ("undeclared_columns", "missing_columns") if is_old else ():
        connection.execute(
            f"""
            update raw.ingestion__loads set {column} = to_json(string_split({column}, ', '))
            where not starts_with({column}, '[')
            """
        )


def _rename_columns(connection: duckdb.DuckDBPyConnection) -> None:
    query = "select column_name from duckdb_columns() where schema_name = 'raw' and table_name = ?"
    present = {name for (name,) in connection.execute(query, [LoadRow.table]).fetchall()}
    for before, after in RENAMED.items():
        if before in present and after not in present:
            connection.execute(f"alter table raw.{LoadRow.table} rename column {before} to {after}")


def shape_raw_table(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> None:
    """Create the raw table, or give it the declared columns and types; existing rows stay.

    A value that does not fit the new type becomes null; files still in the folder are loaded again afterwards.
    """
    name = f"raw.{quoted(table.raw_table)}"
    wanted = {column.name: str(duckdb.sqltype(column.data_type)) for column in table.columns} | TECHNICAL
    exists = connection.execute(
        "select count(*) from information_schema.tables where table_schema = 'raw' and table_name = ?",
        [table.raw_table],
    ).fetchall()[0][0]
    present = dict(columns_of(connection, name)) if exists else {}
    if list(present.items()) == list(wanted.items()):
        return
    values = ", ".join(
        f"try_cast({quoted(column) if column in present else 'null'} as {kind}) as {quoted(column)}"
        for column, kind in wanted.items()
    )
    connection.execute(f"create or replace table {name} as select {values} {f'from {name}' if exists else 'limit 0'}")


def columns_with_values(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, columns: tuple[str, ...], load_id: str = ""
) -> tuple[str, ...]:
    """Return the columns in which at least one row of the raw table has a value, or at least one row of a load."""
    if not columns:
        return ()
    counts = ", ".join(f"count({quoted(column)})" for column in columns)
    where = f"where _load_id = {literal(load_id)}" if load_id else ""
    found = connection.execute(f"select {counts} from raw.{quoted(table.raw_table)} {where}").fetchall()[0]
    return tuple(column for column, count in zip(columns, found, strict=True) if count)


def amount_in(column: Column) -> str:
    """Return the SQL of the amount of a row: of a column that takes the labels of a pattern, the sum of its entries."""
    return f"list_sum(map_values({quoted(column.name)}))" if column.pattern else quoted(column.name)
