"""A PostgreSQL server, attached to DuckDB with DuckDB's own extension, which is installed with the package.

Belongs here: attaching, and what an answer of a server means. What is read from a server is lib/ingestion/servers.py,
what is written to one lib/serving/. DuckDB's texts of errors never reach a user: they may contain what was sent.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

import duckdb
import duckdb_extension_postgres_scanner as extension

from orchestration.lib.warehouse.sql import literal

SECONDS_TO_WAIT = 10
NUMBERS = count(1)
# What a server answers, and what it means to the person who wrote the address: (pattern, key, text).
ANSWERS = (
    (r"password authentication failed|no password supplied|role .* does not exist|authentication failed", "user",
     "the server does not accept user {user!r} with this password; correct the user, or the variable {variable}"),
    (r"database .* does not exist", "database", "the server has no database {database!r}; correct the name"),
    (r"could not translate host name", "host", "there is no machine {host!r}; correct the name"),
    (r"refused|timeout expired|timed out|unreachable|No route|No such file", "host",
     "no PostgreSQL server answers at {host}, port {port}; start it, or correct host and port"),
    (r"SSL|pg_hba", "sslmode", "the server refuses this kind of connection; try sslmode: require"),
)  # fmt: skip


@dataclass(frozen=True)
class Address:
    """Where a server is, and who asks it; `variable` names the variable of the environment that has the password."""

    host: str
    port: str
    database: str
    user: str
    sslmode: str = ""
    variable: str = ""
    password: str = field(default="", repr=False)

    def meaning(self, answer: str) -> tuple[str, str] | None:
        """The key of the address that an answer of the server is about, and what is wrong with it; None if neither."""
        values = {key: getattr(self, key) for key in ("user", "variable", "database", "host", "port")}
        for pattern, key, text in ANSWERS:
            if re.search(pattern, answer, re.IGNORECASE):
                return key, text.format(**values).replace("variable )", "password)")
        return None


def first_line(answer: str) -> str:
    """The server's own sentence in an answer."""
    found = re.search(r"(?:ERROR|FATAL): *([^\n]+)", answer)
    return found[1] if found else "no reason is known"


@contextmanager
def attached(address: Address, read_only: bool) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """A connection in UTC with the server's database, and the name of that database. Raises duckdb.Error."""
    keys = {"host": address.host, "port": address.port, "database": address.database, "user": address.user}
    keys |= {"password": address.password} if address.password else {}
    secret = ", ".join(f"{key} {literal(value)}" for key, value in keys.items())
    name = f"server_{next(NUMBERS)}"
    options = f"connect_timeout={SECONDS_TO_WAIT}" + (f" sslmode={address.sslmode}" if address.sslmode else "")
    with _engine().cursor() as connection:
        connection.execute("set TimeZone = 'UTC'")
        try:
            connection.execute(f"create secret {name} (type postgres, {secret})")
            mode = ", read_only" if read_only else ""
            connection.execute(f"attach {literal(options)} as {name} (type postgres, secret {name}{mode})")
            yield connection, name
        finally:
            connection.execute(f"detach database if exists {name}")
            connection.execute(f"drop secret if exists {name}")


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """A DuckDB with the extension, which takes longer to load than a small table to read."""
    engine = duckdb.connect()
    engine.execute("set autoinstall_known_extensions = false")
    found = next(iter(Path(next(iter(extension.__path__))).rglob("*.duckdb_extension")))
    engine.execute(f"load {literal(str(found))}")
    return engine
