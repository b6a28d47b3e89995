"""The raw tables and the two tables of the ledger: their shape.

Belongs here: making them, and bringing those of an earlier version or declaration up to date. Does not belong here:
what is written into them (`notes.py`, `rejects.py`, `load.py`). No function here opens a transaction: the caller says
what goes together.
"""

import duckdb

from orchestration.lib.closing import create_closings
from orchestration.lib.ingestion.sql import columns_of, quoted
from orchestration.lib.sources import SourceTable

TECHNICAL = {
    "_extra": "VARCHAR",
    "_file": "VARCHAR",
    "_line": "BIGINT",
    "_load_id": "VARCHAR",
    "_load_number": "BIGINT",
    "_time_zone": "VARCHAR",
}


NEWER_COLUMNS = {
    "loads": (
        "frame_lines bigint",
        "rows_mended bigint default 0",
        "is_mending boolean default false",
        "labels varchar",
    ),
    "rejected_rows": ("cells varchar", "mended_by varchar"),
}


def create_ledger(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the schema `raw`, raw.ingestion__loads and raw.ingestion__rejected_rows where they are missing.

    And the tables of closed months: like the ledger they outlive every build, and the models read them.
    """
    create_closings(connection)
    connection.execute(
        """
        create table if not exists raw.ingestion__loads (
            load_id varchar,
            load_number bigint,
            system varchar,
            table_name varchar,
            file varchar,
            content_sha256 varchar,
            status varchar,
            reason varchar,
            records bigint,
            rows_loaded bigint,
            rows_set_apart bigint,
            undeclared_columns varchar,
            missing_columns varchar,
            loaded_at timestamp
        )
        """
    )
    connection.execute(
        """
        create table if not exists raw.ingestion__rejected_rows (
            load_id varchar,
            system varchar,
            table_name varchar,
            file varchar,
            line bigint,
            column_name varchar,
            reason varchar,
            row_text varchar
        )
        """
    )
    _renew_ledger(connection)


def _renew_ledger(connection: duckdb.DuckDBPyConnection) -> None:
    """Add what a ledger of version 0.1.0 does not have, and make JSON lists of labels that it joined by commas."""
    last_added = NEWER_COLUMNS["rejected_rows"][-1].split()[0]
    if last_added in dict(columns_of(connection, "raw.ingestion__rejected_rows")):
        return
    for table, columns in NEWER_COLUMNS.items():
        for column in columns:
            connection.execute(f"alter table raw.ingestion__{table} add column if not exists {column}")
    for column in ("undeclared_columns", "missing_columns"):
        connection.execute(
            f"""
            update raw.ingestion__loads set {column} = to_json(string_split({column}, ', '))
            where not starts_with({column}, '[')
            """
        )


def shape_raw_table(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> None:
    """Make the raw table, or give it the declared columns and types; rows already there stay.

    A value that the new type cannot hold becomes null; files still in the folder are loaded anew afterwards.
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
    connection: duckdb.DuckDBPyConnection, table: SourceTable, columns: tuple[str, ...]
) -> tuple[str, ...]:
    """Return those of the columns in which some row of the raw table has a value."""
    if not columns:
        return ()
    counts = ", ".join(f"count({quoted(column)})" for column in columns)
    found = connection.execute(f"select {counts} from raw.{quoted(table.raw_table)}").fetchall()[0]
    return tuple(column for column, count in zip(columns, found, strict=True) if count)
