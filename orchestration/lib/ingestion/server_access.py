"""Opening the database that a `connection.yml` names, and what differs between kinds of databases.

Belongs here: the words of each kind in SQL, and the line of the file that an answer is about. Does not belong here:
what is read (`servers.py`), attaching a server (`lib/warehouse/postgres.py`). DuckDB's texts of errors never leave this
module: they may contain what the server was sent.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.lib.ingestion.connections import Connection, read_connection
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.language import ENGLISH, speaking
from orchestration.lib.warehouse.connection import LOCKED
from orchestration.lib.warehouse.postgres import Address, attached, first_line
from orchestration.lib.warehouse.sql import literal, quoted

NOT_ALLOWED = "permission denied"


def in_utc(kind: str) -> str:
    """The SQL after a column of this type that makes it a time in UTC without a zone."""
    return " at time zone 'UTC'" if "with time zone" in kind else ""


@dataclass(frozen=True)
class Database:
    """An open database and its words, which differ by kind."""

    connection: duckdb.DuckDBPyConnection
    kind: str
    name: str = "export"

    @property
    def fingerprint(self) -> str:
        """The SQL of a value over all rows of `t` that changes when one of them does, whatever their order."""
        if self.kind == "duckdb":
            return "count(*) as n, sum(hash(t)::hugeint)::varchar as found"
        return "count(*) as n, sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint)::text as found"

    def asked(self, query: str) -> str:
        """The query, for DuckDB, whose answer is that of the database."""
        return query if self.kind == "duckdb" else f"from postgres_query({literal(self.name)}, {literal(query)})"

    def moment(self, value: str) -> str:
        """The text of a time in UTC, as it is in a path."""
        if self.kind == "duckdb":
            return f"strftime({value}, '%Y-%m-%d %H-%M-%S.%f')"
        return f"to_char({value}, 'YYYY-MM-DD HH24-MI-SS.US')"

    def text(self, name: str, kind: str) -> str:
        """The text of a cell; times as ISO writes them, whatever the server is set to."""
        column, kind = quoted(name), kind.lower()
        if self.kind == "duckdb":
            return f"cast({column} as varchar)"
        if kind.startswith("timestamp"):
            zone = '"Z"' if in_utc(kind) else ""
            written = f"to_char({column}{in_utc(kind)}, 'YYYY-MM-DD\"T\"HH24:MI:SS.US{zone}')"
            return f"coalesce(nullif({written}, ''), {column}::text)"
        return f"to_char({column}, 'YYYY-MM-DD')" if kind == "date" else f"{column}::text"


@contextmanager
def open_database(path: Path) -> Iterator[Database]:
    """Open the database that the file names, to read it. Raises Refused."""
    settings = read_connection(path)
    try:
        if settings.kind == "duckdb":
            with duckdb.connect() as connection:
                connection.execute("set TimeZone = 'UTC'")
                connection.execute(f"attach {literal(str(settings.file))} as export (read_only)")
                connection.execute("use export")
                yield Database(connection, settings.kind)
        else:
            with attached(_address(settings), read_only=True) as (connection, name):
                yield Database(connection, settings.kind, name)
    except duckdb.Error as error:
        raise _reason(str(error), settings) from None  # Its text may contain what the server was sent.


def _reason(answer: str, settings: Connection) -> Refused:
    if settings.kind == "duckdb":
        if LOCKED in answer:
            return settings.wrong("file", "another process has the database open; read it when the connector has ended")
        return settings.wrong("file", f"{settings.file.name} is missing, broken, or not a database of DuckDB")
    if NOT_ALLOWED in answer:
        text = (
            f"user {settings.user!r} must not read it; let the database's owner grant usage on the schema and select "
            "on its tables"
        )
        return settings.wrong("user", text)
    with speaking(ENGLISH):  # as every refusal is kept
        found = _address(settings).meaning(answer)
    if found:
        return settings.wrong(*found)
    return settings.wrong("host", f"the server cannot be read: {first_line(answer)}")


def _address(settings: Connection) -> Address:
    who = (settings.host, settings.port, settings.database, settings.user, settings.sslmode)
    return Address(*who, variable=settings.variable, password=settings.password)
