"""What may arrive: the declaration of a source table, held against what is loaded.

Belongs here: files refused, rows set apart, and what the declaration says of columns (required, accepted, key).
What the values mean is definitions.py.
"""

import duckdb

from orchestration.lib.quality.expectations import Finding, run_expectations
from orchestration.lib.sources import SourceTable


def check_arrival(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> list[Finding]:
    """All findings of a source table; an empty table has nothing to check but its files."""
    findings = [*_refused_files(connection, table), _rows_set_apart(connection, table)]
    columns = [column.name for column in table.columns if column.required or column.accepted]
    columns += [name for name in table.key if name not in columns]
    if not columns:
        return findings
    names = ", ".join(f'"{name}"' for name in columns)
    frame = connection.execute(f'select {names}, _load_id from raw."{table.raw_table}"').df()
    return findings + (run_expectations(frame, _expectations(table)) if len(frame) else [])


def _refused_files(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> list[Finding]:
    rows = connection.execute(
        "select file, reason from raw.ingestion__loads "
        "where system = ? and table_name = ? and status = 'refused' order by file",
        [table.system, table.name],
    ).fetchall()
    return [Finding(f"{file} is refused, nothing is loaded from it", False, reason) for file, reason in rows]


def _rows_set_apart(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> Finding:
    # Titles and closing lines are set apart too, but they are no rows; and mended rows are loaded.
    apart, records = connection.execute(
        "select coalesce(sum(rows_set_apart - coalesce(frame_lines, 0) - rows_mended), 0)::bigint, "
        "coalesce(sum(records - coalesce(frame_lines, 0)), 0)::bigint from raw.ingestion__loads "
        "where system = ? and table_name = ? and status = 'loaded'",
        [table.system, table.name],
    ).fetchall()[0]
    says = f"at most {table.max_set_apart_rate:.1%} of the rows are set apart"
    is_kept = apart <= table.max_set_apart_rate * records
    return Finding(
        says,
        is_kept,
        ""
        if is_kept
        else f"{apart:,} of {records:,} rows are; mend the export, or write them out by "
        f"`smarketing rejected {table.system}.{table.name} --to FILE.csv`, mend them there and put that file among "
        "the exports",
        is_evaluated=records > 0,
    )


def _expectations(table: SourceTable) -> list:
    import great_expectations.expectations as gxe

    expectations: list = []
    for column in table.columns:
        if column.required:
            meta = {"says": f"{column.name} is never empty"}
            expectations.append(gxe.ExpectColumnValuesToNotBeNull(column=column.name, meta=meta))
        if column.accepted:
            accepted = list(column.accepted)
            meta = {"says": f"{column.name} is one of {', '.join(accepted)}"}
            expectations.append(gxe.ExpectColumnValuesToBeInSet(column=column.name, value_set=accepted, meta=meta))
    if table.key:
        # A later export may bring a record again; within one file it may stand only once.
        columns = [*table.key, "_load_id"]
        meta = {"says": f"{', '.join(table.key)} stands once in a file"}
        expectations.append(gxe.ExpectCompoundColumnsToBeUnique(column_list=columns, ignore_row_if="never", meta=meta))
    return expectations
