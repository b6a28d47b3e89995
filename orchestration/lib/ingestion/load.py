"""Loading one file whole: its records into the raw table, those set apart beside it, its line in the ledger.

Belongs here: writing what was read. Does not belong here: whether the file is to be loaded, and the
transaction around it (see `ingest.py`).
"""

import tempfile
from pathlib import Path

import duckdb
import pandas as pd

from orchestration.lib.ingestion import ledger
from orchestration.lib.ingestion.casting import cast_cells
from orchestration.lib.ingestion.content import Refused, recognise
from orchestration.lib.ingestion.databases import read_export
from orchestration.lib.ingestion.files import is_utc
from orchestration.lib.ingestion.frame import FRAME
from orchestration.lib.ingestion.habits import Habits
from orchestration.lib.ingestion.numbered import Parsed
from orchestration.lib.ingestion.readers import read_content
from orchestration.lib.ingestion.report import FileReport, SetApart
from orchestration.lib.ingestion.sql import literal, quoted
from orchestration.lib.sources import SourceTable


def load_file(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    file: str,
    path: Path,
    sha256: str,
    number: int,
    habits: Habits,
) -> FileReport:
    """Replace whatever the path has in the warehouse by the file's content. Raises Refused."""
    load_id = ledger.load_id_of(table, file, sha256, habits)
    with tempfile.TemporaryDirectory() as folder:
        parsed = read_content(connection, recognise(read_export(path), table.encodings), table, Path(folder))
    cast_cells(connection, table, parsed.header, is_utc(table, file), habits)
    lost_columns = ledger.columns_with_values(connection, table, parsed.header.missing)
    ledger.forget_load(connection, table, file)
    connection.execute(
        f"""
        insert into raw.{quoted(table.raw_table)}
        select * exclude (_time_zone, _line, _fault), ?, _line, ?, ?, _time_zone
        from typed
        where _fault is null
        """,
        [file, load_id, number],
    )
    # Counted where they stand: an insert returns the count that it was given.
    query = f"select count(*) from raw.{quoted(table.raw_table)} where _load_id = ?"
    rows_loaded = connection.execute(query, [load_id]).fetchall()[0][0]
    set_apart = _keep_apart(connection, table, file, load_id, parsed)
    rows_set_apart = sum(kind.rows for kind in set_apart)
    if rows_loaded + rows_set_apart != parsed.count:
        raise Refused(
            f"{parsed.count} records found, but {rows_loaded} loaded and {rows_set_apart} set apart: a fault "
            "of ingestion, please report it with the file"
        )
    connection.execute("drop table parsed")
    connection.execute("drop table typed")
    report = FileReport(
        file=file,
        status="loaded",
        records=parsed.count,
        rows_loaded=rows_loaded,
        rows_set_apart=rows_set_apart,
        undeclared_columns=parsed.header.undeclared,
        missing_columns=parsed.header.missing,
        frame_lines=sum(kind.rows for kind in set_apart if kind.problem == FRAME),
        lost_columns=lost_columns,
        set_apart=tuple(set_apart),
    )
    ledger.note_load(connection, table, load_id, number, sha256, report)
    return report


def _keep_apart(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str, load_id: str, parsed: Parsed
) -> list[SetApart]:
    """Write the rows set apart with their text, and return them by kind, the earliest kind first."""
    if parsed.records:
        lines = connection.execute("select line from problems order by line").fetchnumpy()["line"]
        # Only rows set apart are touched here: their text as the file has it, quotes and all.
        texts = pd.DataFrame({"line": lines, "row_text": parsed.records.texts_at(lines)}, dtype=object)
    else:
        cells = ", ".join(f"{literal(label)}: c{place}" for place, label in enumerate(parsed.header.labels))
        row_text = f"to_json(map {{{cells}}})::varchar as row_text"
        query = f"select _line as line, {row_text} from parsed semi join problems on _line = line"
        texts = connection.execute(query).df()
    connection.register("row_texts", texts)
    connection.execute(
        """
        insert into raw.ingestion__rejected_rows
        select ?, ?, ?, ?, problems.line, column_name, reason, row_text
        from problems
        left join row_texts on problems.line = row_texts.line::bigint
        order by problems.line
        """,
        [load_id, table.system, table.name, file],
    )
    connection.unregister("row_texts")
    kinds = connection.execute(
        """
        select problem, column_name, count(*), min(line), arg_min(reason, line)
        from problems
        group by problem, column_name
        order by min(line)
        """
    ).fetchall()
    return [SetApart(*kind) for kind in kinds]
