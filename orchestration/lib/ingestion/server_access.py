"""Opening the database that a `connection.yml` names, and what differs between kinds of databases.

Belongs here: attaching, the words of each kind in SQL, and what an answer of a server means. Does not belong here: what
is read (`servers.py`). DuckDB's texts of errors never leave this module: they may contain what the server was sent.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import duckdb
import duckdb_extension_postgres_scanner as extension

from orchestration.lib.ingestion.connections import Connection, read_connection
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.warehouse.connection import LOCKED
from orchestration.lib.warehouse.sql import literal, quoted

SECONDS_TO_WAIT = 10
NUMBERS = count(1)
# What a server answers, and what it means to the person who wrote the file: (pattern, key, text).
ANSWERS = (
    (r"password authentication failed|no password supplied|role .* does not exist|authentication failed", "user",
     "the server does not accept user {user!r} with this password; correct the user, or the variable {variable}"),
    (r"database .* does not exist", "database", "the server has no database {database!r}; correct the name"),
    (r"could not translate host name", "host", "there is no machine {host!r}; correct the name"),
    (r"refused|timeout|timed out|unreachable|No route|No such file", "host",
     "no PostgreSQL server answers at {host}, port {port}; start it, or correct host and port"),
    (r"SSL|pg_hba", "sslmode", "the server refuses this kind of connection; try sslmode: require"),
    (r"permission denied", "user",
     "user {user!r} must not read it; let the database's owner grant usage on the schema and select on its tables"),
)  # fmt: skip


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
            with _attached(settings) as database:
                yield database
    except duckdb.Error as error:
        raise _reason(str(error), settings) from None  # Its text may contain what the server was sent.


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """A DuckDB with the extension, which takes longer to load than a small table to read."""
    engine = duckdb.connect()
    engine.execute("set autoinstall_known_extensions = false")
    found = next(iter(Path(next(iter(extension.__path__))).rglob("*.duckdb_extension")))
    engine.execute(f"load {literal(str(found))}")
    return engine


@contextmanager
def _attached(settings: Connection) -> Iterator[Database]:
    keys = {"host": settings.host, "port": settings.port, "database": settings.database, "user": settings.user}
    keys |= {"password": settings.password} if settings.password else {}
    secret = ", ".join(f"{key} {literal(value)}" for key, value in keys.items())
    name = f"server_{next(NUMBERS)}"
    options = f"connect_timeout={SECONDS_TO_WAIT}" + (f" sslmode={settings.sslmode}" if settings.sslmode else "")
    with _engine().cursor() as connection:
        connection.execute("set TimeZone = 'UTC'")
        try:
            connection.execute(f"create secret {name} (type postgres, {secret})")
            connection.execute(f"attach {literal(options)} as {name} (type postgres, secret {name}, read_only)")
            yield Database(connection, settings.kind, name)
        finally:
            connection.execute(f"detach database if exists {name}")
            connection.execute(f"drop secret if exists {name}")


def _reason(answer: str, settings: Connection) -> Refused:
    if settings.kind == "duckdb":
        if LOCKED in answer:
            return settings.wrong("file", "another process has the database open; read it when the connector has ended")
        return settings.wrong("file", f"{settings.file.name} is missing, broken, or not a database of DuckDB")
    values = {key: getattr(settings, key) for key in ("user", "variable", "database", "host", "port")}
    for pattern, key, text in ANSWERS:
        if re.search(pattern, answer, re.IGNORECASE):
            return settings.wrong(key, text.format(**values).replace("variable )", "password)"))
    found = re.search(r"(?:ERROR|FATAL): *([^\n]+)", answer)
    return settings.wrong("host", f"the server cannot be read: {found[1] if found else 'no reason is known'}")
