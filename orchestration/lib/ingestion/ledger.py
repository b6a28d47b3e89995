"""What was loaded and refused, and the raw tables: the part of ingestion that the warehouse remembers.

Belongs here: the two tables of the ledger, the raw tables' shape, forgetting a load. Does not belong here:
files and their content. No function here opens a transaction: the caller says what goes together.
"""

import hashlib
import json
from dataclasses import dataclass

import duckdb

from orchestration.lib.ingestion.files import is_utc
from orchestration.lib.ingestion.habits import Habits
from orchestration.lib.ingestion.report import FileReport
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


# What of a column decides how its cells are read.
READING = ("name", "data_type", "labels", "required", "personal", "pattern", "placeholders", "currency_of")
# Counted up when the same file comes to be read in another way, so that files are loaded anew.
READER = 2


@dataclass(frozen=True)
class Load:
    """A load in force, as the ledger has it."""

    load_id: str
    content_sha256: str
    records: int
    rows_loaded: int
    rows_set_apart: int
    frame_lines: int
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
            loaded_at timestamp,
            frame_lines bigint
        )
        """
    )
    _renew_ledger(connection)
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


def _renew_ledger(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring a ledger of version 0.1.0 up to date: no frame lines, labels joined by commas instead of a JSON list."""
    connection.execute("alter table raw.ingestion__loads add column if not exists frame_lines bigint")
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


def load_id_of(table: SourceTable, file: str, content_sha256: str, habits: Habits) -> str:
    """Return the id of loading this content from this path under this declaration and these habits."""
    columns = [[getattr(column, part) for part in READING] for column in table.columns]
    lines = [table.encodings, table.footers, table.placeholders, is_utc(table, file)]
    answers = [habits.date_order, habits.decimal_mark]
    declaration = [READER, table.system, table.name, lines, columns, answers, file, content_sha256]
    return hashlib.sha256(json.dumps(declaration).encode()).hexdigest()[:16]


def loads_in_force(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> dict[str, Load]:
    """Return the loads of the table by file."""
    rows = connection.execute(
        """
        select
            file, load_id, content_sha256, records, rows_loaded, rows_set_apart, frame_lines,
            undeclared_columns, missing_columns
        from raw.ingestion__loads
        where system = ? and table_name = ? and status = 'loaded'
        """,
        [table.system, table.name],
    ).fetchall()
    return {row[0]: Load(*row[1:7], *map(_labels, row[7:])) for row in rows}


def columns_with_values(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, columns: tuple[str, ...]
) -> tuple[str, ...]:
    """Return those of the columns in which some row of the raw table has a value."""
    if not columns:
        return ()
    counts = ", ".join(f"count({quoted(column)})" for column in columns)
    found = connection.execute(f"select {counts} from raw.{quoted(table.raw_table)}").fetchall()[0]
    return tuple(column for column, count in zip(columns, found, strict=True) if count)


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
    row = {
        "load_id": load_id,
        "load_number": number,
        "content_sha256": sha256,
        "records": report.records,
        "rows_loaded": report.rows_loaded,
        "rows_set_apart": report.rows_set_apart,
        "frame_lines": report.frame_lines,
        "undeclared_columns": _json(report.undeclared_columns),
        "missing_columns": _json(report.missing_columns),
    }
    _note(connection, table, report.file, "loaded", row)


def note_refusal(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str, sha256: str, reason: str
) -> None:
    """Write that the file was refused; it has no load, and no counts."""
    _note(connection, table, file, "refused", {"content_sha256": sha256, "reason": reason})


def _note(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str, status: str, row: dict[str, object]
) -> None:
    row = {"system": table.system, "table_name": table.name, "file": file, "status": status, **row}
    connection.execute(
        f"insert into raw.ingestion__loads ({', '.join(row)}, loaded_at) "
        f"values ({', '.join('?' * len(row))}, now()::timestamp)",
        list(row.values()),
    )


def refused_files(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> list[str]:
    """Return the files that are noted as refused."""
    query = "select file from raw.ingestion__loads where system = ? and table_name = ? and status = 'refused'"
    return [row[0] for row in connection.execute(query, [table.system, table.name]).fetchall()]


def _json(labels: tuple[str, ...]) -> str | None:
    return json.dumps(labels, ensure_ascii=False) if labels else None


def _labels(written: str | None) -> tuple[str, ...]:
    return tuple(json.loads(written)) if written else ()
