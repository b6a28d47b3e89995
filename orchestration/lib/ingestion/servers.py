"""Databases that a `connection.yml` names: their tables, which are read like Parquet files.

Belongs here: their tables and columns, a table or a span of its rows as Parquet. Does not belong here: what the file
may state (`connections.py`), opening it (`server_access.py`), which span is read (`increments.py`). PostgreSQL is read
by DuckDB's own extension, installed as a package; a value comes as the text that the server writes: none is rounded.

A table has a path below the file, `connection.yml/hubspot/contact.duckdb-table`; a span of it has two folders more:
`connection.yml/hubspot/after 2026-03-01 10-00-00.000000/until 2026-03-02 10-00-00.000000/contact.duckdb-table`.
"""

import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from orchestration.lib.ingestion.connections import FILES, read_connection
from orchestration.lib.ingestion.databases import TABLE_ENDING
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.ingestion.server_access import in_utc, open_database
from orchestration.lib.warehouse.sql import literal, quoted

SYNCED = ("_fivetran_synced", "_airbyte_extracted_at", "_airbyte_emitted_at", "_sdc_batched_at")
# A list of tables is asked for again after this time.
KEPT_SECONDS = 60
AFTER, FROM, UNTIL = "after ", "from ", "until "
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d)-(\d\d)-(\d\d\.\d{6})")


@dataclass(frozen=True)
class Span:
    """What a path names: a table of a database, and the span of its rows by the time of their synchronisation.

    It begins with the rows after an instant, or from it on; it ends with those of `until`.
    """

    connection: Path
    schema: str
    table: str
    after: str = ""
    until: str = ""
    since: str = ""

    @property
    def path(self) -> Path:
        """The path that names it."""
        ends = ((AFTER, self.after), (FROM, self.since), (UNTIL, self.until))
        folders = [f"{name}{moment}" for name, moment in ends if moment]
        return Path(self.connection, self.schema, *folders, f"{self.table}{TABLE_ENDING}")

    @property
    def whole(self) -> "Span":
        """The table itself."""
        return Span(self.connection, self.schema, self.table)


def is_server(path: Path) -> bool:
    """Return whether the path names a file that states how to reach a database."""
    return path.name in FILES


def span_of(path: Path) -> Span | None:
    """Return what the path names in a database; None for another path."""
    found = next((parent for parent in path.parents if is_server(parent)), None)
    if found is None:
        return None
    schema, *folders, name = path.relative_to(found).parts
    moments = {folder.split(" ", 1)[0] + " ": folder.split(" ", 1)[1] for folder in folders}
    ends = (moments.get(each, "") for each in (AFTER, UNTIL, FROM))
    return Span(found, schema, name.removesuffix(TABLE_ENDING), *ends)


def tables_at(path: Path) -> list[Path]:
    """Return the paths of the tables in the schemas that the file names, sorted. Raises Refused."""
    return [Span(path, schema, table).path for schema, table in sorted(_tables(path))]


def synced_by(path: Path, span: Span) -> tuple[str, str]:
    """Return the column with the time of a row's synchronisation, and its type; empty texts if there is none."""
    columns, settings = _tables(path)[span.schema, span.table], read_connection(path)
    wanted = (settings.synced_by,) if settings.synced_by else SYNCED
    name = next((name for name in wanted if columns.get(name, "").lower().startswith("timestamp")), "")
    if settings.synced_by in columns and not name:
        raise settings.wrong("synced_by", f"it is a {columns[settings.synced_by]} in {span.table}, not a timestamp")
    return name, columns.get(name, "").lower()


def read_span(span: Span, folder: Path, rows: int | None = None) -> Path:
    """Return the path in `folder` of the rows as Parquet, at most `rows` of them. Raises Refused."""
    copy = folder / "table.parquet"
    limit = "" if rows is None else f" limit {rows}"
    synced_by(span.connection, span)  # refuses a column that cannot be one
    with open_database(span.connection) as database:
        columns = _tables(span.connection)[span.schema, span.table]
        texts = ", ".join(f"{database.text(name, kind)} as {quoted(name)}" for name, kind in columns.items())
        query = f"select {texts} from {_name(span)}{_where(span)}{limit}"
        database.connection.execute(f"copy ({database.asked(query)}) to {literal(str(copy))} (format parquet)")
    return copy


def hash_of_span(span: Span) -> str:
    """Return a hash that changes when rows of the table do; of a span, that of its latest rows. Raises Refused."""
    synced_by(span.connection, span)
    with open_database(span.connection) as database:
        query = f"select {database.fingerprint} from {_name(span)} as t{_where(span, at_end=True)}"
        (found,) = database.connection.execute(database.asked(query)).fetchall()
    columns = _tables(span.connection)[span.schema, span.table]
    named = (span.schema, span.table, span.after, span.since, span.until) if span.until else ()
    return hashlib.sha256(repr((named, sorted(columns.items()), found)).encode()).hexdigest()


def state_of(span: Span, column: str, kind: str) -> tuple[int, int, str]:
    """Return the number of rows, that of rows without a time of synchronisation, and the latest one. Raises Refused."""
    with open_database(span.connection) as database:
        moment = f"max({quoted(column)}{in_utc(kind)})"
        query = f"select count(*) as n, count({quoted(column)}) as m, {database.moment(moment)} as latest"
        asked = database.asked(f"{query} from {_name(span)}")
        rows, filled, latest = database.connection.execute(asked).fetchall()[0]
    return int(rows), int(rows) - int(filled), str(latest or "")


def _name(span: Span) -> str:
    return f"{quoted(span.schema)}.{quoted(span.table)}"


def _where(span: Span, at_end: bool = False) -> str:
    if not span.until:
        return ""
    name, kind = synced_by(span.connection, span)
    zone = "+00" if in_utc(kind) else ""

    def value(moment: str) -> str:
        written = MOMENT.sub(rf"\1 \2:\3:\4{zone}", moment)
        return f"cast({literal(written)} as {'timestamp with time zone' if zone else 'timestamp'})"

    if at_end:
        return f" where {quoted(name)} = {value(span.until)}"
    start = f" and {quoted(name)} > {value(span.after)}" if span.after else ""
    start += f" and {quoted(name)} >= {value(span.since)}" if span.since else ""
    return f" where {quoted(name)} <= {value(span.until)}{start}"


def _tables(path: Path) -> Mapping[tuple[str, str], dict[str, str]]:
    """Return the columns and types of each table. Raises Refused, also where the failure is KEPT_SECONDS old."""
    try:
        written = path.read_bytes()
    except OSError as error:
        raise Refused(f"the file cannot be read: {error.strerror}; correct its permissions") from error
    found = _tables_then(path, written, int(time.monotonic() // KEPT_SECONDS))
    if isinstance(found, Refused):
        raise found
    return found


@lru_cache(maxsize=64)
def _tables_then(path: Path, _written: bytes, _minute: int) -> Mapping[tuple[str, str], dict[str, str]] | Refused:
    try:
        settings = read_connection(path)
        with open_database(path) as database:
            columns = "select table_schema, table_name, column_name, data_type from information_schema.columns"
            schemas = "select nspname from pg_catalog.pg_namespace"
            if settings.kind == "duckdb":
                columns += " where table_catalog = 'export'"
                schemas = "select schema_name from duckdb_schemas() where database_name = 'export'"
            rows = database.connection.execute(database.asked(f"{columns} order by ordinal_position")).fetchall()
            present = {row[0] for row in database.connection.execute(database.asked(schemas)).fetchall()}
    except Refused as refusal:
        return refusal
    if missing := [schema for schema in settings.schemas if schema not in present]:
        known = ", ".join(sorted(name for name in present if not re.match("pg_|information_schema", name)))
        return settings.wrong("schemas", f"the database has no schema {missing[0]!r}; it has {known}")
    found: dict[tuple[str, str], dict[str, str]] = {}
    for schema, table, column, kind in rows:
        if schema in settings.schemas and any(fnmatchcase(table.lower(), each.lower()) for each in settings.tables):
            found.setdefault((schema, table), {})[column] = kind
    return found or settings.wrong("schemas", f"no table of {', '.join(settings.schemas)} can be read by this user")
