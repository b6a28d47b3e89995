"""The list of forgotten persons in the store of the home: its two tables.

Belongs here: reading them and adding to them. Callers have the store attached as `store` (lib/store/). Does not belong
here: what is on the list (`listed.py`), who comes onto it (`forgetting/`).

The key is beside the hashes: a list without its key would let everybody on it come back.
"""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime

import duckdb

from orchestration.lib.forgotten.listed import Forgotten

TABLES = (
    "create table if not exists store.forgotten_key (key varchar not null)",
    "create table if not exists store.forgotten "
    "(hash varchar not null, kind varchar not null, forgotten_at timestamp not null, is_done boolean not null)",
)


def create_list(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables, and the key of this home."""
    for table in TABLES:
        connection.execute(table)
    connection.execute("insert into store.forgotten_key values (?)", [secrets.token_hex(32)])


def read_forgotten(connection: duckdb.DuckDBPyConnection) -> Forgotten:
    """The list of a home."""
    [(key,)] = connection.execute("select key from store.forgotten_key").fetchall()
    hashes = connection.execute("select hash from store.forgotten").fetchall()
    return Forgotten(key, frozenset(each for (each,) in hashes))


def is_pending(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether somebody was put on the list, and the home may still have something of them."""
    return bool(connection.execute("select count(*) from store.forgotten where not is_done").fetchall()[0][0])


def add_to_list(
    connection: duckdb.DuckDBPyConnection, values: Iterable[tuple[str, str]], is_done: bool = False
) -> Forgotten:
    """Put (kind, value) on the list, to be done unless the caller does it; return the list."""
    before = read_forgotten(connection)
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.begin()
    for kind, value in sorted(values):
        hashed = before.hash_of(kind, value)
        connection.execute("delete from store.forgotten where hash = ?", [hashed])
        connection.execute("insert into store.forgotten values (?, ?, ?, ?)", [hashed, kind, now, is_done])
    connection.commit()
    return read_forgotten(connection)


def note_done(connection: duckdb.DuckDBPyConnection) -> None:
    """Note that the home has nothing more of anybody on the list."""
    connection.execute("update store.forgotten set is_done = true where not is_done")
