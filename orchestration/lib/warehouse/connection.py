"""Opening the warehouse file: one process writes it, readers open the published copy.

Belongs here: connections, and the message when the file is locked. dbt and ingestion define the content of the file.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.mistakes import Mistake


class WarehouseLockedError(Mistake):
    """Another process has the warehouse open; the text names it."""

    exit_code = 1


# A dbt process of a killed build ends within this time, also on a loaded machine.
TIMEOUT_SECONDS = 240.0


@contextmanager
def open_warehouse(
    path: Path, read_only: bool = False, timeout_seconds: float = TIMEOUT_SECONDS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in UTC, closed at the end. WarehouseLockedError if another process locks the file all the time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _connect(path, read_only, time.monotonic() + timeout_seconds)
    try:
        connection.execute("set TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


def _connect(path: Path, read_only: bool, until: float) -> duckdb.DuckDBPyConnection:
    while True:
        try:
            return duckdb.connect(path, read_only=read_only)
        except duckdb.IOException as error:
            if "lock" not in str(error):
                raise
            if time.monotonic() < until:
                time.sleep(0.5)
                continue
            holder = re.search(r"\(PID (\d+)\)", str(error))
            raise WarehouseLockedError(
                f"{path}: another process{f' (PID {holder[1]})' if holder else ''} has the warehouse open; wait until "
                "it has ended or close it. To read while a build runs, open the published copy"
            ) from error
