"""What was loaded and refused, and the raw tables: the part of ingestion that the warehouse remembers.

Belongs here: the two tables of the ledger, the raw tables' shape, forgetting a load. Does not belong here:
files and their content. No function here opens a transaction: the caller says what goes together.
"""

import hashlib
import json
from dataclasses import dataclass

import duckdb

from orchestration.lib.ingestion.report import FileReport
from orchestration.lib.ingestion.sql import columns_of, quoted
from orchestration.lib.sources import SourceTable

TECHNICAL = {
    "_extra": "VARCHAR",
    "_file": "VARCHAR",
    "_line": "BIGINT",
    "_load_id": "VARCHAR",
    "_load_number": "BIGINT",
}
VALUES = "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now()::timestamp)"


@dataclass(frozen=True)
class Load:
    """A load in force, as the ledger has it."""

    load_id: str
    content_sha256: str
    records: int
    rows_loaded: int
    rows_set_apart: int
    undeclared_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]


def create_ledger(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the schema `raw`, raw.ingestion__loads and raw.ingestion__rejected_rows where they are missing."""
    connection.execute("create schema if not exists raw")
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


def load_id_of(table: SourceTable, file: str, content_sha256: str) -> str:
    """Return the id of loading this content from this path under this declaration."""
    columns = [(c.name, c.data_type, c.labels, c.required, c.personal) for c in table.columns]
    declaration = [table.system, table.name, table.encoding, columns, file, content_sha256]
    return hashlib.sha256(json.dumps(declaration).encode()).hexdigest()[:16]


def loads_in_force(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> dict[str, Load]:
    """Return the loads of the table by file."""
    rows = connection.execute(
        """
        select
            file, load_id, content_sha256, records, rows_loaded, rows_set_apart,
            undeclared_columns, missing_columns
        from raw.ingestion__loads
        where system = ? and table_name = ? and status = 'loaded'
        """,
        [table.system, table.name],
    ).fetchall()
    return {
        file: Load(load_id, sha256, records, loaded, apart, _split(undeclared), _split(missing))
        for file, load_id, sha256, records, loaded, apart, undeclared, missing in rows
    }


def next_load_number(connection: duckdb.DuckDBPyConnection) -> int:
    """Return a number above that of every load; ask before forgetting the load that is replaced."""
    query = "select coalesce(max(load_number), 0) + 1 from raw.ingestion__loads"
    return int(connection.execute(query).fetchall()[0][0])


def forget_load(connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str) -> None:
    """Delete the file's rows, its rows set apart and its place in the ledger."""
    where, of_file = "where system = ? and table_name = ? and file = ?", [table.system, table.name, file]
    connection.execute(f"delete from raw.{quoted(table.raw_table)} where _file = ?", [file])
    connection.execute(f"delete from raw.ingestion__rejected_rows {where}", of_file)
    connection.execute(f"delete from raw.ingestion__loads {where}", of_file)


def forget_refusal(connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str) -> None:
    """Delete the note that the file was refused, if there is one."""
    connection.execute(
        "delete from raw.ingestion__loads where system = ? and table_name = ? and file = ? and status = 'refused'",
        [table.system, table.name, file],
    )


def note_load(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    load_id: str,
    number: int,
    sha256: str,
    report: FileReport,
) -> None:
    """Write the ledger's row of a load."""
    counts = [report.records, report.rows_loaded, report.rows_set_apart]
    columns = [", ".join(report.undeclared_columns) or None, ", ".join(report.missing_columns) or None]
    row = [load_id, number, table.system, table.name, report.file, sha256, "loaded", None, *counts, *columns]
    connection.execute(f"insert into raw.ingestion__loads {VALUES}", row)


def note_refusal(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str, sha256: str, reason: str
) -> None:
    """Write that the file was refused; it has no load number, and no counts."""
    load_id = load_id_of(table, file, sha256)
    row = [
        load_id,
        None,
        table.system,
        table.name,
        file,
        sha256,
        "refused",
        reason,
        None,
        None,
        None,
        None,
        None,
    ]
    connection.execute(f"insert into raw.ingestion__loads {VALUES}", row)


def refused_files(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> list[str]:
    """Return the files that are noted as refused."""
    query = "select file from raw.ingestion__loads where system = ? and table_name = ? and status = 'refused'"
    return [row[0] for row in connection.execute(query, [table.system, table.name]).fetchall()]


def _split(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split(", ")) if joined else ()
