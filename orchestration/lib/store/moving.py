"""What releases before 0.6.0 kept elsewhere in the home, moved into the store.

Belongs here: the places of earlier releases. Each step moves whole or not at all, so a killed one is done again.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb

from orchestration.lib.closing.months import TABLES
from orchestration.lib.store.database import attached
from orchestration.lib.store.files import DATABASE, FILES, KEY, OUTBOX, StoreBrokenError, require
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.own_tables import column_types

# A build holds the warehouse for minutes.
TIMEOUT_SECONDS = 5.0


def make_ready(home: Path, warehouse: Path) -> None:
    """Make the store where there is none, from what the home has. StoreBrokenError if a part of it was lost since."""
    store = home / "store"
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FILES:
        require(store, name)
    if (home / KEY).is_file() and not (store / KEY).exists():
        (home / KEY).replace(store / KEY)
    if (home / OUTBOX).is_file() and not (store / OUTBOX).exists():
        _move_outbox(home / OUTBOX, store / OUTBOX)
    if not (store / DATABASE).exists():
        _move_closings(warehouse, store)


def _move_outbox(path: Path, target: Path) -> None:
    """Bring its log into the file first: three files cannot be moved at once."""
    try:
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
            connection.execute("pragma journal_mode = delete")
    except sqlite3.DatabaseError as error:
        raise StoreBrokenError(path, str(error)) from error
    path.chmod(0o600)
    path.replace(target)
    path.with_suffix(".lock").unlink(missing_ok=True)


def _move_closings(warehouse: Path, store: Path) -> None:
    made = store / ".new"
    for path in made.glob("*"):
        path.unlink()
    if not warehouse.is_file():
        with duckdb.connect() as connection, attached(connection, made):
            pass
    else:
        with (
            open_warehouse(warehouse, timeout_seconds=TIMEOUT_SECONDS) as connection,
            attached(connection, made),
        ):
            for table in TABLES:
                found = connection.execute(
                    "select column_name from duckdb_columns() where schema_name = 'raw' and table_name = ?",
                    [table.table],
                ).fetchall()
                names = ", ".join(name for (name,) in found if name in column_types(table))
                if names:
                    connection.execute(
                        f"insert into store.{table.table} ({names}) select {names} from raw.{table.table}"
                    )
    (made / DATABASE).replace(store / DATABASE)
    made.rmdir()
