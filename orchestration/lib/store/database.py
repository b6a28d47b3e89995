"""The store's own database: attaching it, and bringing one of an earlier release to the present schema.

Belongs here: the number of the schema and the migrations. The columns of each table are where it is written.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.lib.closing.months import create_closings
from orchestration.lib.forgotten.kept import create_list
from orchestration.lib.language import gettext
from orchestration.lib.store.files import DATABASE, StoreBrokenError, StoreError, require
from orchestration.lib.warehouse.sql import literal

Connection = duckdb.DuckDBPyConnection


def _closed_months(connection: Connection) -> None:
    create_closings(connection, "store")


# Each brings the schema to the next number. A release that changes a table adds one, and changes none.
MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_closed_months, create_list)


@contextmanager
def attached(connection: Connection, store: Path) -> Iterator[None]:
    """The database as `store` in the connection, in the present schema, detached at the end.

    StoreBrokenError if it is damaged or missing, StoreError if a newer release wrote it.
    """
    path = store / DATABASE
    require(store, DATABASE)
    is_new = not path.exists()
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        connection.execute(f"attach {literal(str(path))} as store")
    except duckdb.Error as error:
        raise StoreBrokenError(path, str(error)) from error
    try:
        if is_new:
            path.chmod(0o600)
        _renew(connection, path)
        yield
    finally:
        with contextlib.suppress(duckdb.Error):  # None is open, unless an error ended it.
            connection.rollback()
        connection.execute("detach store")


def _renew(connection: Connection, path: Path) -> None:
    connection.execute("create table if not exists store.schema_number (number integer)")
    [(number,)] = connection.execute("select coalesce(max(number), 0) from store.schema_number").fetchall()
    if number > len(MIGRATIONS):
        raise StoreError(
            gettext(
                "%(path)s: a newer version of smarketing wrote it (schema %(found)s; this one has %(known)s); install "
                "that version again",
                path=path,
                found=number,
                known=len(MIGRATIONS),
            )
        )
    for step, migrate in enumerate(MIGRATIONS[number:], start=number + 1):
        connection.begin()
        migrate(connection)
        connection.execute("delete from store.schema_number")
        connection.execute("insert into store.schema_number values (?)", [step])
        connection.commit()
