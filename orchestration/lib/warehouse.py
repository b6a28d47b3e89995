"""Opening the warehouse file: one process writes it, readers open the published copy.

Belongs here: connections and what to say when the file is taken. What is in the file is dbt's and ingestion's.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb


class WarehouseBusyError(Exception):
    """Another process has the warehouse open; the text names it."""


@contextmanager
def open_warehouse(path: Path, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in UTC, closed at the end. WarehouseBusyError if another process holds the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(path, read_only=read_only)
    except duckdb.IOException as error:
        holder = re.search(r"\(PID (\d+)\)", str(error))
        if "lock" not in str(error):
            raise
        raise WarehouseBusyError(
            f"{path}: another process{f' (PID {holder[1]})' if holder else ''} has the warehouse open; wait until "
            "it has ended or close it. To read while a build runs, open the published copy"
        ) from error
    try:
        connection.execute("set TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()
