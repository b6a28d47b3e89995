"""The file of the outbox: its tables, the number of their schema, opening it, and the lock of who sends.

Belongs here: whether the file is whole. What is written into it is outbox.py.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.lib.warehouse.holding import alone
from orchestration.mistakes import Mistake

TABLES = """
create table if not exists messages (
    message_key text primary key,
    channel text not null,
    receiver_id text not null,
    receiver_name text not null,
    address text not null,
    subject text not null,
    body text not null,
    status text not null default 'waiting' check (status in ('waiting', 'sent', 'failed')),
    queued_at real not null,
    not_before_at real not null,
    attempts integer not null default 0,
    setbacks integer not null default 0,
    refusals integer not null default 0,
    sent_at real,
    reason text,
    batch integer
);
create index if not exists messages_by_turn on messages (status, channel, not_before_at);
create table if not exists told (
    notification_id text not null,
    channel text not null,
    receiver_id text not null,
    message_key text not null references messages,
    primary key (notification_id, channel, receiver_id)
);
"""
# The number of this schema, in the file; one of before 0.6.0 has the same tables and no number.
SCHEMA = 1


class SenderBusyError(Mistake):
    """Another process is sending from the same outbox."""

    exit_code = 1


class OutboxError(Mistake):
    """The file is damaged, or a newer release wrote it; the text states what to do."""

    exit_code = 1


@contextmanager
def only_sender(path: Path) -> Iterator[None]:
    """Hold the right to send; a killed process loses it at once. SenderBusyError if another one has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    busy = SenderBusyError(f"{path}: another process is sending what is queued; let it finish")
    with alone(path.with_suffix(".lock"), busy):
        yield


def broken(path: Path, error: sqlite3.DatabaseError) -> str:
    """The sentence about a damaged file."""
    found = str(error).partition(" with text")[0]  # never what is in it
    return f"{path}: it cannot be read ({found}); `smarketing doctor --repair` takes the last whole copy"


def open_outbox(path: Path) -> sqlite3.Connection:
    """A connection to the file, which is made if it is missing. OutboxError if it cannot be used."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        _renew(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise OutboxError(broken(path, error)) from error
    except OutboxError:
        connection.close()
        raise
    return connection


def _renew(connection: sqlite3.Connection, path: Path) -> None:
    # SQLite takes a few bytes for an empty database: all that was sent would be sent again.
    is_old = path.stat().st_size > 0
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    ((number,),) = connection.execute("pragma user_version").fetchall()
    if number > SCHEMA:
        raise OutboxError(
            f"{path}: a newer version of smarketing wrote it (schema {number}; this one has {SCHEMA}); install that "
            "version again"
        )
    if is_old and not connection.execute("select 1 from sqlite_schema where name = 'messages'").fetchall():
        raise sqlite3.DatabaseError("it has no messages")
    if found := next((text for (text,) in connection.execute("pragma quick_check(1)") if text != "ok"), ""):
        raise sqlite3.DatabaseError(found)
    if number < SCHEMA:
        connection.executescript(f"begin; {TABLES} pragma user_version = {SCHEMA}; commit;")
