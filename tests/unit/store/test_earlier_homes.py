"""Homes of earlier releases: what they kept elsewhere is in the store after the first verb, all of it and once.

The tables are those of the releases, written here as they were; a change of a table needs a migration that passes here.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.closing.months import TABLES
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.store.database import MIGRATIONS, attached
from orchestration.lib.store.moving import make_ready
from orchestration.lib.warehouse.own_tables import column_types

# Version 0.5.0: in the warehouse, beside the raw tables.
MONTHS = "create table raw.closing__months (month_date date, closed_at timestamp, closed_by varchar)"
COMMITMENTS = """
create table raw.closing__commitments (
    commitment_id varchar, agreement_version varchar, team varchar, kind varchar, commitment varchar,
    started_date date, month_date date, owner_id varchar, revenue_stream varchar, lead_type varchar,
    clock_type varchar, started_at timestamp, due_at timestamp, stopped_at timestamp, excused_at timestamp,
    settles_at timestamp, target double, actual double, target_rate double, attainment_rate double,
    status varchar, status_reason varchar, cases bigint, excuse_reason varchar, kept_at timestamp
)
"""
OUTBOX = """
create table messages (
    message_key text primary key, channel text not null, receiver_id text not null, receiver_name text not null,
    address text not null, subject text not null, body text not null,
    status text not null default 'waiting' check (status in ('waiting', 'sent', 'failed')),
    queued_at real not null, not_before_at real not null, attempts integer not null default 0,
    setbacks integer not null default 0, refusals integer not null default 0, sent_at real, reason text, batch integer
);
create table told (
    notification_id text not null, channel text not null, receiver_id text not null,
    message_key text not null references messages, primary key (notification_id, channel, receiver_id)
);
insert into messages
    (message_key, channel, receiver_id, receiver_name, address, subject, body, queued_at, not_before_at)
values ('k', 'mail', 'hubspot:1', 'Ada', 'ada@owner.example', 'Call', 'Call L-1', 1, 1);
insert into told values ('L-1', 'mail', 'hubspot:1', 'k');
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with duckdb.connect(tmp_path / "warehouse.duckdb") as connection:
        connection.execute(f"create schema raw; {MONTHS}; {COMMITMENTS}")
        connection.execute("insert into raw.closing__months values ('2026-01-01', '2026-02-05 10:00', 'rule')")
        connection.execute(
            "insert into raw.closing__commitments (commitment_id, month_date, status, kept_at) "
            "values ('a', '2026-01-01', 'kept', '2026-02-05 10:00')"
        )
    # Killed in the middle of sending: the messages are in the log of the database only.
    writer = sqlite3.connect(tmp_path / "outbox.sqlite", isolation_level=None)
    writer.execute("pragma journal_mode = wal")
    writer.executescript(OUTBOX)
    for name in ("outbox.sqlite", "outbox.sqlite-wal"):
        (tmp_path / f"{name}.kept").write_bytes((tmp_path / name).read_bytes())
    writer.close()
    for name in ("outbox.sqlite", "outbox.sqlite-wal"):
        (tmp_path / f"{name}.kept").replace(tmp_path / name)
    (tmp_path / "outbox.lock").touch()
    (tmp_path / "email_key").write_text("the key of this home")
    return tmp_path


def test_everything_is_in_the_store_once(home: Path) -> None:
    for _ in range(2):
        make_ready(home, home / "warehouse.duckdb")
        assert sorted(path.name for path in home.iterdir()) == ["store", "warehouse.duckdb"]
        assert (home / "store" / "email_key").read_text() == "the key of this home"
        with Outbox(home / "store" / "outbox.sqlite") as outbox:
            assert outbox.notified() == {("L-1", "mail", "hubspot:1")}
            assert outbox.due(2) == 1
        with duckdb.connect() as connection, attached(connection, home / "store"):
            rows = connection.execute("select commitment_id, status, is_own_exit from store.closing__commitments")
            assert rows.fetchall() == [("a", "kept", None)]
            assert connection.execute("select count(*) from store.closing__months").fetchall() == [(1,)]


def test_a_killed_move_is_done_again(home: Path) -> None:
    (home / "store" / ".new").mkdir(parents=True)
    (home / "store" / ".new" / "store.duckdb").write_bytes(b"half of it")
    make_ready(home, home / "warehouse.duckdb")
    with duckdb.connect() as connection, attached(connection, home / "store"):
        assert connection.execute("select count(*) from store.closing__months").fetchall() == [(1,)]


def test_a_store_of_each_schema_becomes_the_present_one(tmp_path: Path) -> None:
    """A table that changes without a migration would fail on the homes that people have."""
    with duckdb.connect(tmp_path / "store.duckdb") as connection:  # as schema 1 was
        connection.execute(f"create schema raw; {MONTHS}; {COMMITMENTS}".replace("raw.", "main."))
        connection.execute("alter table closing__commitments add column is_own_exit boolean")
        connection.execute("create table schema_number as select 1 as number")
    with duckdb.connect() as connection, attached(connection, tmp_path):
        for row in TABLES:
            found = connection.execute(f"select name from pragma_table_info('store.{row.table}')").fetchall()
            assert {name for (name,) in found} == set(column_types(row))
        assert connection.execute("from store.schema_number").fetchall() == [(len(MIGRATIONS),)]


def test_an_outbox_without_a_number_has_one_then(home: Path) -> None:
    make_ready(home, home / "warehouse.duckdb")
    path = home / "store" / "outbox.sqlite"
    Outbox(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma user_version").fetchall() == [(2,)]
