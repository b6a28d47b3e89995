"""Rejected rows: storing them with their text and reason, and exporting them to be corrected.

Belongs here: raw.ingestion__rejected_rows, from a file and to a file. Does not belong here: why a row is rejected
(`readers.py`, `casting.py`), and loading corrected rows (`corrections.py`).
"""

import json
from pathlib import Path

import duckdb
import pandas as pd

from orchestration.lib.csv_files import write_csv
from orchestration.lib.ingestion.duckdb_reader import Parsed
from orchestration.lib.ingestion.header import column_of
from orchestration.lib.ingestion.report import FRAME, RejectedRows
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal, quoted

# Where an exported row was, why it was rejected, and its original text.
ORIGIN = ("_file", "_line", "_reason", "_text")


def store_rejected(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str, load_id: str, parsed: Parsed
) -> None:
    """Write the rows of `problems` with their text and cells."""
    if parsed.records:
        lines = connection.execute("select line from problems order by line").fetchnumpy()["line"]
        # Only rejected rows are read here: their text exactly as in the file, including quotes.
        texts = pd.DataFrame({"line": lines, "row_text": parsed.records.texts_at(lines)}, dtype=object)
    else:
        texts = pd.DataFrame({"line": [], "row_text": []}, dtype=object)
    connection.register("row_texts", texts)
    pairs = ", ".join(f"{literal(label)}: c{place}" for place, label in enumerate(parsed.header.labels))
    connection.execute(
        f"""
        insert into raw.ingestion__rejected_rows
            (load_id, system, table_name, file, line, column_name, reason, row_text, cells)
        with
            row_cells as (
                select _line, to_json(map {{{pairs}}})::varchar as cells from parsed semi join problems on _line = line
            )
        select ?, ?, ?, ?, problems.line, column_name, reason, coalesce(row_text, cells), cells
        from problems
        left join row_texts on problems.line = row_texts.line::bigint
        left join row_cells on problems.line = row_cells._line
        order by problems.line
        """,
        [load_id, table.system, table.name, file],
    )
    connection.unregister("row_texts")


def rejected_kinds(connection: duckdb.DuckDBPyConnection) -> list[RejectedRows]:
    """Return the rows of `problems` by kind, the earliest kind first."""
    kinds = connection.execute(
        """
        select problem, column_name, count(*), min(line), arg_min(reason, line)
        from problems
        group by problem, column_name
        order by min(line)
        """
    ).fetchall()
    return [RejectedRows(*kind) for kind in kinds]


def write_rejected(connection: duckdb.DuckDBPyConnection, table: SourceTable, path: Path) -> int:
    """Write the rows of the table that are rejected and not corrected yet, and return their number.

    The columns are ORIGIN, then those of the files, one label per declared column. Without rows no file is written.
    Raises FileExistsError if the path exists.
    """
    of_table = [table.system, table.name]
    connection.execute(
        f"""
        create or replace temp table rejected as
        select rejected_rows.*, loads.labels
        from raw.ingestion__rejected_rows as rejected_rows
        inner join raw.ingestion__loads as loads using (load_id)
        where
            rejected_rows.system = ? and rejected_rows.table_name = ? and mended_by is null
            and not is_correction and not starts_with(rejected_rows.reason, '{FRAME}: ')
        """,
        of_table,
    )
    query = "select labels from rejected group by labels order by min(file)"
    written = [label for (labels,) in connection.execute(query).fetchall() for label in json.loads(labels)]
    # Older and newer exports may have two names for a column, and a corrected file must have it once.
    same: dict[str, list[str]] = {}
    for label in dict.fromkeys(written):
        same.setdefault(column_of(label, table), []).append(label)
    columns = [f"{_coalesced(labels)} as {quoted(labels[0])}" for labels in same.values()]
    origin = [
        f"{name} as {column}" for name, column in zip(("file", "line", "reason", "row_text"), ORIGIN, strict=True)
    ]
    rows = connection.sql(f"select {', '.join([*origin, *columns])} from rejected order by file, line")
    count = int(connection.execute("select count(*) from rejected").fetchall()[0][0])
    if count:
        write_csv(rows, path)
        path.chmod(0o600)
    return count


def _coalesced(labels: list[str]) -> str:
    pointers = (literal("/" + label.replace("~", "~0").replace("/", "~1")) for label in labels)
    return f"coalesce({', '.join(f'json_extract_string(cells, {pointer})' for pointer in pointers)})"
