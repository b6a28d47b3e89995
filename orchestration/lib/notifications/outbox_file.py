"""The file of the outbox: its tables, the number of their schema, opening it, and the lock of who sends.

Belongs here: whether the file is whole. What is written into it is outbox.py.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
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
create table if not exists attachments (
    message_key text primary key references messages,
    name text not null,
    content blob not null,
    printed_from text not null
);
"""
# The number of this schema, in the file; one of before 0.6.0 has no number, and neither it nor 1 has attachments.
SCHEMA = 2


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
    try:
        if not _is_begun(path):
            _make(path)
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            _renew(connection, path)
        except BaseException:
            connection.close()
            raise
    except sqlite3.DatabaseError as error:
        raise OutboxError(broken(path, error)) from error
    return connection


def _is_begun(path: Path) -> bool:
    """Whether there is anything of an outbox; what was committed last may be in the log beside it."""
    return any(each.exists() and each.stat().st_size for each in (path, path.with_name(f"{path.name}-wal")))


def _make(path: Path) -> None:
    """The file with its tables, whole or not at all: one without tables would pass for a damaged one."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        connection.executescript(f"begin; {TABLES} pragma user_version = {SCHEMA}; commit;")
    draft.replace(path)


def _renew(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    ((number,),) = connection.execute("pragma user_version").fetchall()
    if number > SCHEMA:
        raise OutboxError(
            f"{path}: a newer version of smarketing wrote it (schema {number}; this one has {SCHEMA}); install that "
            "version again"
        )
    # SQLite takes a few bytes for an empty database: all that was sent would be sent again.
    if not connection.execute("select 1 from sqlite_schema where name = 'messages'").fetchall():
        raise sqlite3.DatabaseError("it has no messages")
    if found := next((text for (text,) in connection.execute("pragma quick_check(1)") if text != "ok"), ""):
        raise sqlite3.DatabaseError(found)
    if number < SCHEMA:
        connection.executescript(f"begin; {TABLES} pragma user_version = {SCHEMA}; commit;")
