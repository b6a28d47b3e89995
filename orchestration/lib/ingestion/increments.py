"""Tables of a database, read by spans: of a table that a connector keeps in step, only what it has written since.

Belongs here: which spans of a table are read now. Does not belong here: reading one (`servers.py`), loading it.
A span is a load like that of a file, newer than those before it. A table is read as a whole again where that would not
give the same: it has no key or no time of synchronisation, its declaration has changed, or rows are gone.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import duckdb

from orchestration.lib.ingestion import ledger
from orchestration.lib.ingestion.formats import FormatHints
from orchestration.lib.ingestion.ledger import Load, Measure, load_id_of
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.ingestion.servers import Span, hash_of_span, span_of, state_of, synced_by
from orchestration.lib.ingestion.shrunk import compare_with_forgotten
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal, quoted


def in_spans(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    folder: Path,
    paths: Mapping[str, Path],
    hints: FormatHints,
) -> tuple[dict[str, Path], dict[str, str]]:
    """Return the files of the table, with each table of a database replaced by its spans that are loaded or due.

    Also return the hashes of the loaded ones: their rows are not in the database any more when they have changed.
    """
    found: dict[str, Path] = {}
    hashes: dict[str, str] = {}
    for file, path in paths.items():
        span = span_of(path)
        if span is None:
            found[file] = path
            continue
        try:
            due, loaded = _spans(connection, table, folder, span, hints)
        except Refused:  # Reading it reports why.
            due, loaded = span, {}
        found |= {loaded_file: folder / loaded_file for loaded_file in loaded}
        found |= {due.path.relative_to(folder).as_posix(): due.path} if due else {}
        hashes |= {loaded_file: load.content_sha256 for loaded_file, load in loaded.items()}
    return found, hashes


def forget_what_differs(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, folder: Path, paths: Mapping[str, Path]
) -> dict[str, Measure]:
    """Delete the loads of spans that a whole table has replaced, and of tables that are not what the database has.

    Return how full each of the latter was, and each of the former that has shrunk. Called when all of `paths` are
    loaded. Raises Refused.
    """
    differing = {}
    spans = [span for path in paths.values() if (span := span_of(path))]
    for base in {span.whole for span in spans}:
        own = _own_loads(connection, table, folder, base)
        name = base.path.relative_to(folder).as_posix()
        gone = {file: load for file, load in own.items() if file not in paths}
        if gone and len(gone) < len(own):
            measure = _measure(connection, table, name, gone)
            own = {file: load for file, load in own.items() if file in paths}
            for file in gone:
                ledger.forget_load(connection, table, file)
            if compare_with_forgotten(connection, table, max(own), measure):
                differing[name] = measure
        if name in own:  # Read as a whole each time.
            continue
        count, _, _ = state_of(base, *synced_by(base.connection, base))
        if own and count != _records(connection, table, own):
            differing.setdefault(name, _measure(connection, table, name, own))
            for file in own:
                ledger.forget_load(connection, table, file)
    return differing


def compare_with_differing(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, folder: Path, differing: Mapping[str, Measure]
) -> list[str]:
    """Compare the tables that were read again with what they were; return a sentence about each that has shrunk."""
    sentences = []
    for name, measure in differing.items():
        span = span_of(folder / name)
        for file in _own_loads(connection, table, folder, span) if span else ():
            sentences += compare_with_forgotten(connection, table, file, measure)
    return sentences


def _measure(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, name: str, loads: Mapping[str, Load]
) -> Measure:
    """How full the table was: what its loads were compared with, else their records."""
    known = [(load.fuller_file or name, load.fuller_rows) for load in loads.values() if load.fuller_rows]
    return known[0] if known else (name, _records(connection, table, loads))


def _records(connection: duckdb.DuckDBPyConnection, table: SourceTable, loads: Mapping[str, Load]) -> int:
    return next(iter(loads.values())).records if len(loads) == 1 else _keys(connection, table, list(loads))


def _spans(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, folder: Path, base: Span, hints: FormatHints
) -> tuple[Span | None, dict[str, Load]]:
    """Return the span that is due, if one is, and the loaded ones."""
    column, kind = synced_by(base.connection, base)
    if not column or not table.key:
        return base, {}
    _, without, latest = state_of(base, column, kind)
    if without or not latest:
        return base, {}
    whole = replace(base, until=latest)
    own = _own_loads(connection, table, folder, base)
    read = {span.until: span for file in own if (span := span_of(folder / file))}
    newest = max(read, default="")
    if not newest or newest > latest or "" in read:
        return whole, {}
    if any(load.load_id != load_id_of(table, file, load.content_sha256, hints) for file, load in own.items()):
        return whole, {}
    end = read[newest]
    is_same = hash_of_span(end) == own[end.path.relative_to(folder).as_posix()].content_sha256
    # Times in a path count by the second: what follows within one is left to the next run.
    if latest[:19] <= newest[:19]:
        return (None, own) if is_same else (whole, {})
    return replace(whole, after=newest) if is_same else replace(whole, since=newest), own


def _own_loads(connection: duckdb.DuckDBPyConnection, table: SourceTable, folder: Path, base: Span) -> dict[str, Load]:
    """Return the loads of the table of the database, by file."""
    return {
        file: load
        for file, load in ledger.loads_in_force(connection, table).items()
        if (span := span_of(folder / file)) and span.whole == base
    }


def _keys(connection: duckdb.DuckDBPyConnection, table: SourceTable, files: list[str]) -> int:
    """Return the number of records that these files have loaded, or not loaded as those of forgotten persons."""
    key, own = ", ".join(map(quoted, table.key)), ", ".join(map(literal, files))
    query = f"select count(*) from (select distinct {key} from raw.{quoted(table.raw_table)} where _file in ({own}))"
    loads = ledger.loads_in_force(connection, table)
    return int(connection.execute(query).fetchall()[0][0]) + sum(loads[file].rows_forgotten for file in files)
