"""The store: made, brought to the present schema, copied, restored, and never taken for whole when it is not."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.company.privacy import email_key
from orchestration.lib.notifications.messages import Message
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.outbox_file import OutboxError, only_sender
from orchestration.lib.store.database import attached
from orchestration.lib.store.files import (
    DATABASE,
    FILES,
    KEY,
    MOST_COPIES,
    OUTBOX,
    StoreBrokenError,
    StoreError,
    damaged_copies,
    keep_copy,
    last_copy,
    restore,
)
from orchestration.lib.store.moving import make_ready

MONTHS = "select closed_by from store.closing__months order by month_date"
MESSAGE = Message("key", "mail", "hubspot:1", "Ada", "ada@owner.example", "Call", "Call L-1", ("L-1",))


def close(store: Path, month: str) -> None:
    with duckdb.connect() as connection, attached(connection, store):
        connection.execute("insert into store.closing__months values (?, ?, 'rule')", [f"{month}-01", datetime.now()])


def months(store: Path) -> int:
    with duckdb.connect() as connection, attached(connection, store):
        return len(connection.execute(MONTHS).fetchall())


def queued(store: Path) -> int:
    with Outbox(store / OUTBOX) as outbox:
        return len(outbox.notified())


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one month, one message and a key."""
    make_ready(tmp_path, tmp_path / "warehouse.duckdb")
    close(tmp_path / "store", "2026-01")
    email_key(tmp_path / "store", "")
    with Outbox(tmp_path / "store" / OUTBOX) as outbox:
        outbox.queue([MESSAGE], 1.0)
    return tmp_path / "store"


def test_only_the_owner_can_read_it(store: Path) -> None:
    keep_copy(store)
    for path in (store, *store.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_copy_is_kept_of_each_state_and_the_oldest_go(store: Path) -> None:
    assert keep_copy(store) is not None
    assert keep_copy(store) is None, "nothing has changed"
    for month in range(2, 13):
        close(store, f"2026-{month:02}")
        assert keep_copy(store) is not None
    copies = sorted(path.name for path in (store / "copies").iterdir())
    assert copies == [f"{number:06}" for number in range(13 - MOST_COPIES, 13)]
    assert damaged_copies(store) == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_comes_back_from_the_last_copy_that_is_whole(store: Path, name: str) -> None:
    keep_copy(store)
    close(store, "2026-02")
    newest = keep_copy(store)
    assert newest
    (newest / name).write_bytes(b"rubbish")
    assert damaged_copies(store) == [newest]
    (store / name).unlink()
    with pytest.raises(StoreBrokenError, match=r"it is missing.*doctor --repair"):
        make_ready(store.parent, store.parent / "warehouse.duckdb")
    restore(store, name)
    make_ready(store.parent, store.parent / "warehouse.duckdb")
    assert (months(store), queued(store)) == (1 if name == DATABASE else 2, 1)
    assert len(email_key(store, "")) == 64


def test_without_a_copy_nothing_is_restored(store: Path) -> None:
    assert last_copy(store, KEY) is None
    with pytest.raises(StoreError, match="no whole copy"):
        restore(store, KEY)


@pytest.mark.parametrize("content", [b"x", b"rubbish" * 1000])
def test_a_damaged_file_is_named_with_the_way_back(store: Path, content: bytes) -> None:
    (store / DATABASE).write_bytes(content)
    with pytest.raises(StoreBrokenError, match=r"store\.duckdb: it cannot be read.*doctor --repair"):
        months(store)
    (store / OUTBOX).write_bytes(content)
    with pytest.raises(OutboxError, match=r"outbox\.sqlite: it cannot be read.*doctor --repair"):
        queued(store)


def test_a_damaged_lock_locks_nobody_out(store: Path) -> None:
    (store / "outbox.lock").write_bytes(b"rubbish" * 1000)
    with only_sender(store / OUTBOX):
        pass


def test_what_a_newer_release_wrote_is_left_alone(store: Path) -> None:
    with duckdb.connect(store / DATABASE) as connection:
        connection.execute("update schema_number set number = 99")
    with pytest.raises(StoreError, match=r"a newer version of smarketing wrote it \(schema 99"):
        months(store)
    with closing(sqlite3.connect(store / OUTBOX)) as connection:
        connection.execute("pragma user_version = 99")
    with pytest.raises(OutboxError, match=r"a newer version of smarketing wrote it \(schema 99"):
        queued(store)
