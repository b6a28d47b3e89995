"""Opening the warehouse file: one process writes it, readers open the published copy.

Belongs here: connections, and the message when the file is locked. dbt and ingestion define the content of the file.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.lib.language import gettext
from orchestration.mistakes import Mistake


class WarehouseError(Mistake):
    """The warehouse cannot be opened; the text states why and what to do."""

    exit_code = 1


class WarehouseLockedError(WarehouseError):
    """Another process has the warehouse open; the text names it."""


class WarehouseBrokenError(WarehouseError):
    """The file is not a whole warehouse; the text states what is wrong with it and the way back."""


LOCKED = "Could not set lock"
# A dbt process of a killed build ends within this time, also on a loaded machine.
TIMEOUT_SECONDS = 240.0
# The warehouse that stays open between the steps of a run.
_KEPT: dict[Path, duckdb.DuckDBPyConnection] = {}


@contextmanager
def open_warehouse(
    path: Path, read_only: bool = False, timeout_seconds: float = TIMEOUT_SECONDS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in UTC, closed at the end.

    WarehouseLockedError if another process locks the file all the time, WarehouseBrokenError at once if it is damaged.
    """
    let_go()
    connection = _opened(path, read_only, timeout_seconds)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def open_for_step(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same for one of the many steps of a run: the file stays open for the next one, until `let_go`.

    To open it costs the reading of its whole catalogue, and the process that runs steps holds the home anyway.
    """
    if path not in _KEPT:
        let_go()
        _KEPT[path] = _opened(path, read_only=False, timeout_seconds=TIMEOUT_SECONDS)
    try:
        with _KEPT[path].cursor() as connection:
            yield connection
    except BaseException:  # An error can leave the whole database unusable, a full disk does.
        let_go()
        raise


def let_go() -> None:
    """Close the file that a step left open: who opens it in another way, dbt or to read it only, calls this before."""
    while _KEPT:
        _KEPT.popitem()[1].close()


def _opened(path: Path, read_only: bool, timeout_seconds: float) -> duckdb.DuckDBPyConnection:
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not read_only and not path.exists()
    connection = _connect(path, read_only, time.monotonic() + timeout_seconds)
    if is_new:  # It has persons in it; readers have the published copy.
        path.chmod(0o600)
    connection.execute("set global TimeZone = 'UTC'")  # its cursors have it too
    return connection


def connect(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection that prints nothing: to DuckDB a process is interactive that was started as a module.

    It would print the progress of queries of two seconds into what the process answers.
    """
    connection = duckdb.connect(path, read_only=read_only)
    connection.execute("set enable_progress_bar = false")
    return connection


def _connect(path: Path, read_only: bool, until: float) -> duckdb.DuckDBPyConnection:
    while True:
        try:
            return connect(path, read_only)
        except duckdb.ConnectionException:  # This process itself has it open in another way.
            raise
        except duckdb.Error as error:
            if LOCKED not in str(error):
                raise WarehouseBrokenError(_broken(path, error)) from error
            if time.monotonic() < until:
                time.sleep(0.5)
                continue
            holder = re.search(r"\(PID (\d+)\)", str(error))
            raise WarehouseLockedError(
                gettext(
                    "%(path)s: %(process)s has the warehouse open; wait until it has ended or close it. To read while "
                    "a build runs, open the published copy",
                    path=path,
                    process=gettext("another process") + (f" (PID {holder[1]})" if holder else ""),
                )
            ) from error


def _broken(path: Path, error: duckdb.Error) -> str:
    """The sentence about a file that DuckDB does not open, for whatever reason but a lock."""
    found = str(error).strip().splitlines()[0]
    if not path.exists():
        return gettext("%(path)s: there is no such file (%(found)s); `smarketing run` makes it", path=path, found=found)
    if "Permission denied" in found:
        return gettext("%(path)s: it may not be opened (%(found)s); allow it", path=path, found=found)
    return gettext(
        "%(path)s: it cannot be opened (%(found)s). `smarketing doctor --repair` moves it away and makes it again from "
        "the exports; what they do not have is in the store beside it",
        path=path,
        found=found,
    )
