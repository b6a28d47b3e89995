"""Loading one whole file: its records into the raw table, its rejected rows, and its row in the ledger.

Belongs here: writing what was read. Does not belong here: whether the file must be loaded, and the transaction around
it (see `ingest.py`).
"""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import duckdb

from orchestration.lib.forgotten.listed import Forgotten
from orchestration.lib.ingestion import ledger, raw_tables
from orchestration.lib.ingestion.casting import cast_cells
from orchestration.lib.ingestion.containers import read_export
from orchestration.lib.ingestion.corrections import insert_corrected, is_correction, take_back
from orchestration.lib.ingestion.detection import Refused, recognise
from orchestration.lib.ingestion.files import is_utc
from orchestration.lib.ingestion.formats import FormatHints
from orchestration.lib.ingestion.moments import newest_values
from orchestration.lib.ingestion.readers import read_content
from orchestration.lib.ingestion.rejects import ORIGIN, rejected_kinds, store_rejected
from orchestration.lib.ingestion.report import FRAME, FileReport
from orchestration.lib.ingestion.shown import shown_label
from orchestration.lib.ingestion.summed_lines import mark_totals
from orchestration.lib.ingestion.withholding import withhold_rejected, withhold_rows
from orchestration.lib.ingestion.workbooks import place_problems, placed
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import quoted


def load_file(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    file: str,
    path: Path,
    sha256: str,
    number: int,
    hints: FormatHints,
    forgotten: Forgotten,
) -> FileReport:
    """Replace what was loaded from this path by the file's content. Raises Refused."""
    with tempfile.TemporaryDirectory() as folder:
        return _load(connection, table, file, path, sha256, number, hints, forgotten, Path(folder))


def _load(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    file: str,
    path: Path,
    sha256: str,
    number: int,
    hints: FormatHints,
    forgotten: Forgotten,
    folder: Path,
) -> FileReport:
    load_id = ledger.load_id_of(table, file, sha256, hints)
    content = recognise(read_export(path, folder), table.encodings, folder)
    parsed = read_content(connection, content, table, folder)
    # An export of a page is in the zone of its user, also under the name of a connector's table.
    utc = is_utc(table, file) and not parsed.header.is_for_people
    if content.kind in ("jsonl", "parquet") or utc:
        # Programs that write types and zones use a decimal point.
        hints = replace(hints, decimal_mark=hints.decimal_mark or ".")
    correcting = is_correction(parsed.header)
    if correcting:
        parsed = take_back(connection, parsed)
    try:
        cast_cells(connection, table, parsed.header, utc, hints)
    except Refused as refusal:
        raise Refused(placed(str(refusal), parsed.sheet) if parsed.sheet else str(refusal)) from refusal
    mark_totals(connection, table)
    if parsed.sheet:
        place_problems(connection, parsed.sheet)
    rows_forgotten, forgotten_ids = withhold_rows(connection, table, forgotten, correcting)
    lost_columns = raw_tables.columns_with_values(connection, table, parsed.header.missing)
    ledger.forget_load(connection, table, file)
    if correcting:
        insert_corrected(connection, table, file, load_id)
    else:
        connection.execute(
            f"""
            insert into raw.{quoted(table.raw_table)}
            select * exclude (_time_zone, _line, _fault), ?, _line, ?, ?, _time_zone
            from typed
            where _fault is null
            """,
            [file, load_id, number],
        )
    # Counted in the table: an insert returns only the number of rows that it was given.
    query = f"select count(*) from raw.{quoted(table.raw_table)} where _load_id = ?"
    rows_loaded = connection.execute(query, [load_id]).fetchall()[0][0]
    store_rejected(connection, table, file, load_id, parsed)
    rows_forgotten += withhold_rejected(connection, table, forgotten, load_id)
    rejected = rejected_kinds(connection)
    rows_rejected = sum(kind.rows for kind in rejected)
    if rows_loaded + rows_rejected + rows_forgotten != parsed.count:
        raise Refused(
            f"{parsed.count} records found, but {rows_loaded} loaded and {rows_rejected} rejected: a fault "
            "of ingestion, please report it with the file"
        )
    contents = {
        "newest_values": None if correcting else newest_values(connection, table),
        "time_zone": connection.execute("select max(_time_zone) from typed").fetchall()[0][0],
        "entries": json.dumps({name: sorted(own) for name, own in parsed.header.entries.items()}),
    }
    connection.execute("drop table parsed")
    connection.execute("drop table typed")
    report = FileReport(
        file=file,
        status="loaded",
        records=parsed.count,
        rows_loaded=rows_loaded,
        rows_rejected=rows_rejected,
        undeclared_columns=tuple(shown_label(table, label) for label in parsed.header.undeclared),
        missing_columns=parsed.header.missing,
        non_data_lines=sum(kind.rows for kind in rejected if kind.problem == FRAME),
        lost_columns=lost_columns,
        unread_columns=_unread_columns(connection, table, load_id),
        rejected=tuple(rejected),
        rows_forgotten=rows_forgotten,
        forgotten_ids=forgotten_ids,
    )
    labels = [label for label in parsed.header.labels if label not in ORIGIN]
    ledger.note_load(connection, table, load_id, number, sha256, report, labels, correcting, contents)
    return report


def _unread_columns(connection: duckdb.DuckDBPyConnection, table: SourceTable, load_id: str) -> tuple[str, ...]:
    """Return the labels of the columns that no model reads and that have values in the rows of a load."""
    labels = {column.name: (*column.labels, column.name)[0] for column in table.columns if column.unread}
    return tuple(labels[name] for name in raw_tables.columns_with_values(connection, table, tuple(labels), load_id))
