"""Ingestion of one table: each of its files is loaded, unchanged, skipped or refused, in one transaction per file.

Belongs here: the order of the steps and the scope of transactions. Does not belong here: the steps themselves (the
other modules of this package), when they run and where the messages go (the assets).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.lib.forgotten.listed import NOBODY, Forgotten
from orchestration.lib.ingestion import increments, ledger, raw_tables, shrunk
from orchestration.lib.ingestion.arranging import arrange
from orchestration.lib.ingestion.file_states import Seen, look_at, note_state, stamp_of
from orchestration.lib.ingestion.files import is_claimed
from orchestration.lib.ingestion.formats import FormatHints
from orchestration.lib.ingestion.ledger import Load, load_id_of
from orchestration.lib.ingestion.load import load_file
from orchestration.lib.ingestion.order import newest_copies
from orchestration.lib.ingestion.passed_over import find
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.ingestion.report import FileReport, LoadReport
from orchestration.lib.language import gettext
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import quoted

NO_HINTS = FormatHints()
# DuckDB writes what exceeds this limit to disk, beside the warehouse.
MEMORY = "400MB"


def ingest_table(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    folder: Path,
    hints: FormatHints = NO_HINTS,
    forgotten: Forgotten = NOBODY,
    is_first: bool = True,
) -> LoadReport:
    """Bring raw.<system>__<table> up to date with the table's files under `folder` (exports/<system>).

    Rows of persons who are forgotten are not loaded.

    The folder may be missing: the raw table is created nevertheless. Sets the connection's time zone to UTC.
    A file that cannot be loaded is refused in the report and in the ledger; no error is raised for it.
    Rows of files that no longer exist stay. The second time, tables of databases are taken as they are.
    """
    connection.execute("set TimeZone = 'UTC'")
    with _transaction(connection):
        raw_tables.create_ledger(connection)
        raw_tables.shape_raw_table(connection, table)
        shrunk.accept(connection, table, hints.smaller_until)
    found = find(folder)
    claimed = {path.relative_to(folder).as_posix(): path for path in found.files if is_claimed(table, path)}
    paths, loaded_spans = increments.in_spans(connection, table, folder, claimed, hints)
    loads = ledger.loads_in_force(connection, table)
    seen = {
        file: Seen(loaded_spans[file]) if file in loaded_spans else look_at(path, loads.get(file))
        for file, path in paths.items()
    }
    hashes = {file: each.content for file, each in seen.items()}

    with _transaction(connection):
        refused = set(ledger.refused_files(connection, table))
        for file in refused - set(paths):
            ledger.forget_refusal(connection, table, file)
        ledger.note_present(connection, table, paths)
        passed_over = {path.relative_to(folder).as_posix() for path in found.passed_over}
        for file in passed_over & loads.keys():  # Read by an earlier release.
            ledger.forget_load(connection, table, file)
            del loads[file]
    report = LoadReport(table.raw_table)
    newest = newest_copies(hashes)
    # Corrected rows are loaded last, and again whenever a load has changed: the rows that they correct may differ.
    # Of files of one content the newest comes first: it is the one that counts.
    for file in sorted(paths, key=lambda file: (seen[file].is_correction, file not in newest)):
        if seen[file].is_correction:
            hashes[file] = _hash_with_loads(loads, seen[file].content)
        elif file not in refused and _is_as_noted(table, file, seen[file], loads, hints):
            report.files.append(_unchanged(file, loads[file]))
            continue
        work = (connection, table, file, paths[file], seen[file], hashes, newest, hints, forgotten)
        try:
            with _memory(connection):
                report.files.append(_ingest_file(*work))
        except duckdb.OutOfMemoryException:  # A very long row needs more.
            report.files.append(_ingest_file(*work))
        loads = ledger.loads_in_force(connection, table)
    report.files.sort(key=lambda file: (seen[file.file].is_correction, file.file))
    _arrange(connection, table, paths, hashes, report)
    if is_first and (differing := _forget_what_differs(connection, table, folder, paths)):
        again = ingest_table(connection, table, folder, hints, forgotten, is_first=False)
        again.losses += increments.compare_with_differing(connection, table, folder, differing)
        loaded = {file.file: file for file in report.files if file.status == "loaded"}
        again.files = [loaded.get(file.file, file) if file.status == "unchanged" else file for file in again.files]
        return again
    query = f"select count(*) from raw.{quoted(table.raw_table)}"
    report.rows_in_table = connection.execute(query).fetchall()[0][0]
    return report


def _forget_what_differs(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, folder: Path, paths: dict[str, Path]
) -> dict[str, ledger.Measure]:
    """Delete the loads of tables of databases that are not what the database has; return how full each was."""
    try:
        with _transaction(connection):
            return increments.forget_what_differs(connection, table, folder, paths)
    except Refused:  # The database cannot be reached any more; the next run finds it.
        return {}


def _arrange(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    paths: dict[str, Path],
    hashes: dict[str, str],
    report: LoadReport,
) -> None:
    """Number the loads by the age of the exports, and refuse files of which nothing tells it."""
    loaded = {file.file for file in report.files if file.status == "loaded"}
    if not loaded:
        return
    with _transaction(connection):
        questions, report.losses = arrange(connection, table, paths, loaded)
        for place, file in enumerate(report.files):
            if question := questions.get(file.file):
                ledger.note_refusal(connection, table, file.file, hashes[file.file], question, forgets_load=True)
                report.files[place] = FileReport(file.file, "refused", reason=question)


def _is_as_noted(table: SourceTable, file: str, seen: Seen, loads: dict[str, Load], hints: FormatHints) -> bool:
    load = loads.get(file)
    is_same = load is not None and load.load_id == load_id_of(table, file, seen.content, hints)
    return is_same and load is not None and seen.state in (None, load.file_state)


def _hash_with_loads(loads: dict[str, Load], content: str) -> str:
    ids = sorted(load.load_id for load in loads.values() if not load.is_correction)
    return hashlib.sha256(" ".join([content, *ids]).encode()).hexdigest()


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


@contextmanager
def _memory(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Limit DuckDB to MEMORY, so that its memory does not grow with the file."""
    (before,) = connection.execute("select current_setting('memory_limit')").fetchall()[0]
    connection.execute(f"set memory_limit = '{MEMORY}'")
    try:
        yield
    finally:
        connection.execute(f"set memory_limit = '{before}'")


def _ingest_file(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    file: str,
    path: Path,
    seen: Seen,
    hashes: dict[str, str],
    newest: set[str],
    hints: FormatHints,
    forgotten: Forgotten,
) -> FileReport:
    try:
        with _transaction(connection):
            report = _bring_up_to_date(connection, table, file, path, hashes, newest, hints, forgotten)
            if stamp_of(path) != seen.stamp:  # What was loaded is not what was hashed.
                raise Refused("it was written again while it was read; the next run reads it")
            note_state(connection, table, file, seen.state)
            return report
    except Refused as refusal:
        with _transaction(connection):
            ledger.note_refusal(connection, table, file, hashes[file], str(refusal))
        return FileReport(file, "refused", reason=str(refusal))


def _bring_up_to_date(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    file: str,
    path: Path,
    hashes: dict[str, str],
    newest: set[str],
    hints: FormatHints,
    forgotten: Forgotten,
) -> FileReport:
    """Load the file unless its content is loaded already, from this path or another."""
    loads = ledger.loads_in_force(connection, table)
    refused = ledger.forget_refusal(connection, table, file)
    if file in loads and loads[file].load_id == load_id_of(table, file, hashes[file], hints):
        return _unchanged(file, loads[file])
    number = ledger.next_load_number(connection, table, file)
    before = loads.get(file)
    for twin, load in loads.items():
        # A twin whose own file has new content now is about to lose this content.
        if twin == file or load.content_sha256 != hashes[file] or hashes.get(twin, hashes[file]) != hashes[file]:
            continue
        if twin in hashes and not (file in newest and twin not in newest):
            ledger.forget_load(connection, table, file)
            if before:
                shrunk.compare_with_replaced(connection, table, twin, before)
            same = gettext("the same content is already loaded from %(file)s", file=twin)
            return FileReport(file, "duplicate", reason=same)
        # An older copy, or a file that has been renamed: the name tells how old the export is.
        ledger.forget_load(connection, table, twin)
        before = before or load
    report = load_file(connection, table, file, path, hashes[file], number, hints, forgotten)
    if before:
        is_same = before.content_sha256 == hashes[file]
        shrunk.compare_with_replaced(connection, table, file, before, is_same)
    elif refused:
        shrunk.compare_with_forgotten(connection, table, file, refused)
    return report


def _unchanged(file: str, load: Load) -> FileReport:
    return FileReport(
        file,
        "unchanged",
        load.records,
        load.rows_loaded,
        load.rows_rejected,
        undeclared_columns=load.undeclared_columns,
        missing_columns=load.missing_columns,
        non_data_lines=load.non_data_lines,
        rows_forgotten=load.rows_forgotten,
    )
