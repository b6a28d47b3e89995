"""What was loaded and refused: the record of ingestion in the warehouse, raw.ingestion__loads.

Belongs here: recording, finding and deleting a load or a refusal. Does not belong here: files and their content, the
shape of tables (`raw_tables.py`). No function here opens a transaction: the caller defines its scope.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from orchestration.lib.ingestion.files import is_utc
from orchestration.lib.ingestion.formats import FormatHints
from orchestration.lib.ingestion.moments import read_values
from orchestration.lib.ingestion.order import Evidence
from orchestration.lib.ingestion.report import FileReport
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import quoted

# The properties of a column that determine how its cells are read.
READING = (
    *("name", "data_type", "labels", "required", "personal"),
    *("pattern", "placeholders", "currency_of", "zone", "is_id"),
)
Measure = tuple[str, int]  # the file of a full export, and its rows
# Increased when the same file is read in another way, so that files are loaded again.
READER = 5


@dataclass(frozen=True)
class Load:
    """A load in force, as recorded in the ledger."""

    load_id: str
    content_sha256: str
    records: int
    rows_loaded: int
    rows_rejected: int
    non_data_lines: int
    is_correction: bool
    fuller_file: str | None
    fuller_rows: int | None
    file_state: str | None
    undeclared_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    rows_forgotten: int = 0

    def measure(self, file: str) -> Measure:
        """The last full export: this load of `file`, or the one with which it was compared."""
        return (self.fuller_file or file, self.fuller_rows or self.rows_loaded)


def load_id_of(table: SourceTable, file: str, content_sha256: str, hints: FormatHints) -> str:
    """Return the id of loading this content from this path under this declaration and these hints."""
    columns = [[getattr(column, part) for part in READING] for column in table.columns]
    lines = [table.encodings, table.footers, table.placeholders, is_utc(table, file)]
    answers = [hints.date_order, hints.decimal_mark, *([hints.currency] if hints.currency else [])]
    declaration = [READER, table.system, table.name, lines, columns, answers, file, content_sha256]
    return hashlib.sha256(json.dumps(declaration).encode()).hexdigest()[:16]


def loads_in_force(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> dict[str, Load]:
    """Return the loads of the table by file."""
    rows = connection.execute(
        """
        select
            file, load_id, content_sha256, records, rows_loaded, rows_rejected, non_data_lines, is_correction,
            fuller_file, fuller_rows, file_state, undeclared_columns, missing_columns, rows_forgotten
        from raw.ingestion__loads
        where system = ? and table_name = ? and status = 'loaded'
        """,
        [table.system, table.name],
    ).fetchall()
    return {file: Load(*fields[:10], *map(_labels, fields[10:12]), *fields[12:]) for file, *fields in rows}


def next_load_number(connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str) -> int:
    """Return the number of the load that is replaced, else one above the table's; `arranging.py` has the last word."""
    query = (
        "select coalesce(max(if(file = ?, load_number, null)), max(load_number) + 1, 1) from raw.ingestion__loads "
        "where system = ? and table_name = ?"
    )
    return int(connection.execute(query, [file, table.system, table.name]).fetchall()[0][0])


def evidence(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> list[Evidence]:
    """Return what the loaded files of the table tell of their age; files of corrected rows have none."""
    changed = {column.name for column in table.columns if column.moment == "changed"}
    planned = {column.name for column in table.columns if column.moment == "planned"}
    rows = connection.execute(
        "select file, newest_values, time_zone, file_time from raw.ingestion__loads "
        "where system = ? and table_name = ? and status = 'loaded' and not is_correction",
        [table.system, table.name],
    ).fetchall()
    found = []
    for file, newest, time_zone, file_time in rows:
        values = read_values(newest)
        happened = {name: value for name, value in values.items() if name not in changed | planned}
        changes = {name: value for name, value in values.items() if name in changed}
        found.append(Evidence(file, changes, happened, time_zone, file_time, is_present=False))
    return found


def number_loads(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, order: list[str], evidence: dict[str, Evidence]
) -> None:
    """Write the place of each file in the order as its load number, also in its rows; note its times."""
    name, of_table = f"raw.{quoted(table.raw_table)}", [table.system, table.name]
    before = dict(
        connection.execute(
            "select file, load_number from raw.ingestion__loads "
            "where system = ? and table_name = ? and status = 'loaded'",
            of_table,
        ).fetchall()
    )
    for number, file in enumerate(order, start=1):
        connection.execute(
            "update raw.ingestion__loads set load_number = ?, file_time = ?, known_at = ? "
            "where system = ? and table_name = ? and file = ? and status = 'loaded'",
            [number, evidence[file].file_time, evidence[file].known_at, *of_table, file],
        )
        if before.get(file) != number:
            connection.execute(f"update {name} set _load_number = ? where _file = ?", [number, file])


def forget_load(connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str) -> None:
    """Delete the file's rows, its rejected rows and its ledger entry; rows that it corrected are uncorrected again."""
    where, of_file = "where system = ? and table_name = ? and file = ?", [table.system, table.name, file]
    own_loads = f"select load_id from raw.ingestion__loads {where}"
    # By the file's name too: its rows that another file corrected are also deleted.
    query = f"delete from raw.{quoted(table.raw_table)} where _file = ? or _load_id in ({own_loads})"
    connection.execute(query, [file, *of_file])
    connection.execute(f"delete from raw.ingestion__rejected_rows {where}", of_file)
    connection.execute(f"delete from raw.ingestion__loads {where}", of_file)
    mended_by = "where system = ? and table_name = ? and mended_by = ?"
    connection.execute(f"update raw.ingestion__rejected_rows set mended_by = null {mended_by}", of_file)
    count_corrected(connection, table)


def count_corrected(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> None:
    """Write the number of corrected rows among the rejected rows of each load."""
    connection.execute(
        """
        update raw.ingestion__loads set rows_corrected = (
            select count(mended_by) from raw.ingestion__rejected_rows as rejected_rows
            where rejected_rows.load_id = ingestion__loads.load_id
        )
        where system = ? and table_name = ? and rows_rejected > 0
        """,
        [table.system, table.name],
    )


def forget_refusal(connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str) -> Measure | None:
    """Delete the record of the file's refusal, if there is one; return how full it was before, if that is known."""
    found = connection.execute(
        "delete from raw.ingestion__loads where system = ? and table_name = ? and file = ? and status = 'refused' "
        "returning fuller_file, fuller_rows",
        [table.system, table.name, file],
    ).fetchall()
    return next((measure for measure in found if measure[1]), None)


def note_load(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    load_id: str,
    number: int,
    sha256: str,
    report: FileReport,
    labels: list[str],
    is_correction: bool,
    contents: dict[str, str | None],
) -> None:
    """Write the ledger row of a load; `contents` are the columns that describe what is in the file."""
    row: dict[str, object] = {
        "load_id": load_id,
        "load_number": number,
        "content_sha256": sha256,
        "records": report.records,
        "rows_loaded": report.rows_loaded,
        "rows_rejected": report.rows_rejected,
        "rows_forgotten": report.rows_forgotten,
        "non_data_lines": report.non_data_lines,
        "undeclared_columns": _json(report.undeclared_columns),
        "missing_columns": _json(report.missing_columns),
        "labels": json.dumps(labels, ensure_ascii=False),
        "is_correction": is_correction,
        **contents,
    }
    _note(connection, table, report.file, "loaded", row)
    if is_correction:
        count_corrected(connection, table)


def note_refusal(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    file: str,
    sha256: str,
    reason: str,
    forgets_load: bool = False,
) -> None:
    """Write the ledger row of a refused file: no load and no counts, but how full it was when it was loaded."""
    measure = forget_refusal(connection, table, file)
    if forgets_load:
        measure = loads_in_force(connection, table)[file].measure(file)
        forget_load(connection, table, file)
    row: dict[str, object] = {"content_sha256": sha256, "reason": reason}
    row |= zip(("fuller_file", "fuller_rows"), measure, strict=True) if measure else ()
    _note(connection, table, file, "refused", row)


def _note(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str, status: str, row: dict[str, object]
) -> None:
    row = {"system": table.system, "table_name": table.name, "file": file, "status": status, **row}
    connection.execute(
        f"insert into raw.ingestion__loads ({', '.join(row)}, loaded_at) "
        f"values ({', '.join('?' * len(row))}, now()::timestamp)",
        list(row.values()),
    )


def note_present(connection: duckdb.DuckDBPyConnection, table: SourceTable, present: Collection[str]) -> None:
    """Write which loaded files are still there; the rows of the others stay."""
    connection.execute(
        "update raw.ingestion__loads set is_present = not is_present "
        "where system = ? and table_name = ? and status = 'loaded' and is_present <> list_contains(?::varchar[], file)",
        [table.system, table.name, list(present)],
    )


def refused_files(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> list[str]:
    """Return the files that are recorded as refused."""
    query = "select file from raw.ingestion__loads where system = ? and table_name = ? and status = 'refused'"
    return [row[0] for row in connection.execute(query, [table.system, table.name]).fetchall()]


def _json(labels: tuple[str, ...]) -> str | None:
    return json.dumps(labels, ensure_ascii=False) if labels else None


def _labels(written: str | None) -> tuple[str, ...]:
    return tuple(json.loads(written)) if written else ()
