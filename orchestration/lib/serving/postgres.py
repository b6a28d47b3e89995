"""Loads the published copy into a PostgreSQL server: into one schema, in one transaction.

Belongs here: the address, what has changed, loading, the role that reads. Rows of changed tables are deleted and
inserted, so readers see the rows of before until the transaction ends, and those of after from then on; they never wait
and never see two builds in one statement. The tables are in shape.py.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import duckdb

from orchestration.lib.serving.shape import (
    SCHEMA,
    SERVED,
    TABLE,
    ServedTable,
    ServingError,
    keys_of,
    shape_of,
    tables_of,
)
from orchestration.lib.warehouse.postgres import Address, attached, first_line
from orchestration.lib.warehouse.sql import literal, quoted

VARIABLE = "SMARKETING_POSTGRES_URL"
FORM = "postgresql://user:password@host:5432/database?sslmode=require"
READER = "smarketing_reader"
# How long tables of another shape wait for those who read the old ones.
PATIENCE = "60s"
# No text of PostgreSQL can have a null byte, as a broken export may.
UNKNOWN_SIGN = "\ufffd"


@dataclass(frozen=True)
class Loaded:
    """What was loaded: the rows of each table that had changed, and how many had not."""

    rows: dict[str, int]
    unchanged: int


def read_address(url: str) -> Address:
    """The address that the variable has. ServingError if it is missing or of another form; its text has no password."""
    if not url:
        raise ServingError(f"company.yml has serving: postgres, and {VARIABLE} is not set; set it to {FORM}")
    try:
        parts = urlsplit(url)
        port = str(parts.port or 5432)
    except ValueError:
        raise ServingError(f"{VARIABLE} is not an address; write {FORM}") from None
    if parts.scheme not in ("postgresql", "postgres") or not (parts.hostname and parts.username and parts.path[1:]):
        raise ServingError(f"{VARIABLE} is not an address; write {FORM}")
    sslmode = parse_qs(parts.query).get("sslmode", [""])[0]
    names = (parts.hostname, port, unquote(parts.path[1:]), unquote(parts.username))
    return Address(*names, sslmode, VARIABLE, unquote(parts.password or ""))


def serve(copy: Path, manifest: Mapping[str, Any], address: Address) -> Loaded:
    """Load what has changed since the last time. ServingError if the server refuses it; then nothing has changed."""
    try:
        with attached(address, read_only=False) as (connection, server), _beside(connection, server, copy) as name:
            tables = tables_of(connection, name, keys_of(manifest))
            return _load(connection, _Server(connection, server), tables)
    except duckdb.Error as error:
        raise _reason(str(error), address) from None  # Its text may contain what the server was sent.


class _Server:
    """Statements of the server's own, within the transaction of the connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        self._connection, self.name = connection, name

    def run(self, *statements: str, after_it: bool = False) -> None:
        arguments = f"{literal(self.name)}, {literal('; '.join(statements))}"
        self._connection.execute(f"call postgres_execute({arguments}{', use_transaction = false' * after_it})")

    def ask(self, query: str) -> list[tuple]:
        return self._connection.execute(f"from postgres_query({literal(self.name)}, {literal(query)})").fetchall()


@contextmanager
def _beside(connection: duckdb.DuckDBPyConnection, server: str, copy: Path) -> Iterator[str]:
    """The copy attached beside the server; the name is that of the server's database with an ending."""
    name = f"{server}_copy"
    connection.execute(f"attach {literal(str(copy))} as {quoted(name)} (read_only)")
    try:
        yield name
    finally:
        connection.execute(f"detach database if exists {quoted(name)}")


def _load(connection: duckdb.DuckDBPyConnection, server: _Server, tables: list[ServedTable]) -> Loaded:
    shape = shape_of(tables)
    _prepare(server)
    connection.execute(f"set pg_null_byte_replacement = '{UNKNOWN_SIGN}'")
    connection.execute("begin")
    try:
        before = _before(server, shape)
        if not before:
            _make(server, tables)
        connection.execute("call pg_clear_cache()")
        rows = {}
        for table in tables:
            query = f"select count(*), cast(coalesce(sum(hash(t)::hugeint), 0) as varchar) from {table.source} as t"
            [(count, content)] = connection.execute(query).fetchall()
            if before.get(table.name) == content:
                continue
            rows[table.name] = _replace(connection, server, table, count)
            server.run(
                f"insert into {SCHEMA}.{SERVED} values ({literal(table.name)}, {count}, {literal(content)}, "
                f"{literal(shape)}, now() at time zone 'UTC') on conflict (table_name) do update set row_count = "
                "excluded.row_count, content_hash = excluded.content_hash, served_at = excluded.served_at"
            )
        server.run("set constraints all immediate")  # a key that points nowhere is named, before the end
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
    for name in rows:
        with suppress(duckdb.Error):  # the server does it by itself, later
            server.run(f"vacuum (analyze) {SCHEMA}.{quoted(name)}", after_it=True)
    return Loaded(rows, len(tables) - len(rows))


def _prepare(server: _Server) -> None:
    """The schema and the role that reads it, which only some users of a server may create."""
    if not server.ask(f"select 1 from pg_namespace where nspname = '{SCHEMA}'"):
        server.run(f"create schema {SCHEMA}", f"comment on schema {SCHEMA} is 'Marts and reports of Smarketing.'")
    if not server.ask(f"select 1 from pg_roles where rolname = '{READER}'"):
        if not server.ask("select 1 from pg_roles where rolname = current_user and (rolcreaterole or rolsuper)"):
            raise ServingError(
                f"the server has no role {READER}, and this user must not create it; let an administrator run "
                f"`create role {READER}`, and grant it to each user who reads"
            )
        server.run(f"create role {READER} nologin")


def _before(server: _Server, shape: str) -> dict[str, str]:
    """The content of each table that was loaded; nothing if the tables are of another shape, or there are none."""
    if not server.ask(f"select 1 from pg_tables where schemaname = '{SCHEMA}' and tablename = '{SERVED}'"):
        return {}
    return dict(
        server.ask(f"select table_name, content_hash from {SCHEMA}.{SERVED} where shape_hash = {literal(shape)}")
    )


def _make(server: _Server, tables: list[ServedTable]) -> None:
    """All tables again and empty, with their keys."""
    old = server.ask(f"select tablename from pg_tables where schemaname = '{SCHEMA}' order by 1")
    dropped = [f"drop table {SCHEMA}.{quoted(name)} cascade" for (name,) in old]
    server.run(f"set local lock_timeout = '{PATIENCE}'", *dropped, TABLE)
    for table in tables:
        server.run(*table.statements)
    for table in tables:
        if table.later:
            server.run(*table.later)
    server.run(
        f"grant usage on schema {SCHEMA} to {READER}", f"grant select on all tables in schema {SCHEMA} to {READER}"
    )


def _replace(connection: duckdb.DuckDBPyConnection, server: _Server, table: ServedTable, count: int) -> int:
    """The rows of the copy in place of those of before; returns how many the server has."""
    relation = f"{SCHEMA}.{quoted(table.name)}"
    server.run(f"delete from {relation}")
    connection.execute(f"insert into {quoted(server.name)}.{relation} from {table.source}")
    [(loaded,)] = server.ask(f"select count(*) from {relation}")
    if loaded != count:
        raise ServingError(f"{relation} has {loaded:,} rows, and the published copy {count:,}; nothing was changed")
    return loaded


def _reason(answer: str, address: Address) -> ServingError:
    if "permission denied" in answer:
        text = f"user {address.user!r} must not write there; let an administrator run `grant create on database`"
    elif "lock timeout" in answer:
        text = f"its readers have held the tables for {PATIENCE}, which have another shape now; run again when they end"
    elif "statement timeout" in answer:
        text = (
            f"the server ends statements of user {address.user!r} that take longer than its statement_timeout; let an "
            f"administrator run `alter role {quoted(address.user)} set statement_timeout = 0`"
        )
    elif found := address.meaning(answer):
        text = found[1]
    else:
        text = f"the server refused the tables: {first_line(answer)}"
    return ServingError(f"{VARIABLE}: {text}. The serving database has what it had")
