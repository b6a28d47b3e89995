"""Whether a file is what it was when it was loaded: its size, times, number, first and last bytes; else its hash.

Belongs here: what is known of a file before its rows are read, and noting it. Does not belong here: what follows from
it (`ingest.py`). A file that was written in the last seconds is hashed the next time too: within the precision of a
clock it can be written again without a trace. On a file system that does not keep the time of a change itself, a file
that a tool writes in the same size, with the same ends and its old time, is not seen; `touch` has it read.
"""

import hashlib
import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.lib.ingestion.containers import hash_of_export
from orchestration.lib.ingestion.corrections import looks_corrected
from orchestration.lib.ingestion.ledger import Load
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.ingestion.servers import is_server
from orchestration.lib.source_tables import SourceTable

Stamp = tuple[int, ...]
# The first and the last bytes; those of an archive have the checksums of all that is in it.
ENDS = 64 * 1024
SETTLED_NS = 3_000_000_000
# DuckDB keeps in it what it has not written into the file yet.
LOG = ".wal"


@dataclass(frozen=True)
class Seen:
    """A file: the hash of its content, empty where it cannot be read, its stamp, and its state if it is settled."""

    content: str
    is_correction: bool = False
    stamp: Stamp | None = None
    state: str | None = None


def look_at(path: Path, before: Load | None) -> Seen:
    """Read as much of a file as shows what it is; `before` is its load, if it has one."""
    stamp = stamp_of(path)
    state = _state(path)
    if before and state and before.file_state == state and not before.is_correction:
        return Seen(before.content_sha256, False, stamp, state)
    try:
        with tempfile.TemporaryDirectory() as folder:
            content, head = hash_of_export(path, Path(folder))
    except Refused:  # Loading reports why.
        return Seen("", False, stamp)
    return Seen(content, looks_corrected(head), stamp, state)


def stamp_of(path: Path) -> Stamp:
    """Return size, time and number of the file, or of the archive or database that contains it; nothing of a server's.

    Without the time of a change itself, which a backup that links to the file changes, too.
    """
    return tuple(part for stat in _stats(path) for part in (stat.st_size, stat.st_mtime_ns, stat.st_ino))


def note_state(connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str, state: str | None) -> None:
    """Write the state in which the file is known to have the content of its load."""
    connection.execute(
        "update raw.ingestion__loads set file_state = ? where system = ? and table_name = ? and file = ?",
        [state, table.system, table.name, file],
    )


def _state(path: Path) -> str | None:
    stats = _stats(path)
    times = [each for stat in stats for each in (stat.st_mtime_ns, stat.st_ctime_ns)]
    if not times or max(times) > time.time_ns() - SETTLED_NS:
        return None
    parts = [(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino) for stat in stats]
    try:
        with _files_of(path)[0].open("rb") as opened:
            ends = opened.read(ENDS)
            opened.seek(max(ENDS, stats[0].st_size - ENDS))
            ends += opened.read(ENDS)
    except (OSError, IndexError):
        return None
    return json.dumps([parts, hashlib.sha256(ends).hexdigest()])


def _stats(path: Path) -> list[os.stat_result]:
    try:
        return [file.stat() for file in _files_of(path)]
    except OSError:  # It is being written.
        return []


def _files_of(path: Path) -> list[Path]:
    file = next((each for each in (path, *path.parents) if os.path.isfile(each)), None)
    if file is None or is_server(file):
        return []
    return [each for each in (file, file.with_name(file.name + LOG)) if os.path.isfile(each)]
