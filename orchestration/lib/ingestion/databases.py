"""DuckDB files among the exports, as connectors write them: each of their tables is read like a Parquet file.

Belongs here: which tables a database has, the hash of a table, its rows as Parquet. Does not belong here: which
source table it feeds (`files.py`), reading Parquet (`readers.py`). The warehouse itself is never opened here.
A table is identified by a path below its database: `fivetran.duckdb/hubspot/contact.duckdb-table`.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.warehouse.connection import LOCKED
from orchestration.lib.warehouse.sql import columns_of, literal, quoted

DATABASE_ENDING, TABLE_ENDING = ".duckdb", ".duckdb-table"


def tables_in(database: Path) -> list[Path]:
    """Return the paths of the database's tables, in all its schemas, sorted. Raises Refused if it cannot be opened."""
    with _open(database) as connection:
        query = "select schema_name, table_name from duckdb_tables() where not internal order by all"
        return [database / schema / f"{name}{TABLE_ENDING}" for schema, name in connection.execute(query).fetchall()]


def is_database(path: Path) -> bool:
    """Return whether the path names a database."""
    return path.name.endswith(DATABASE_ENDING)


def read_table(path: Path, folder: Path) -> Path:
    """Return the path in `folder` of the table as Parquet. Raises Refused."""
    copy = folder / "table.parquet"
    with _open(path.parent.parent) as connection:
        connection.execute(f"copy {_name(path)} to {literal(str(copy))} (format parquet)")
    return copy


def is_table(path: Path) -> bool:
    """Return whether the path names a table in a database."""
    return path.name.endswith(TABLE_ENDING)


def hash_of_table(path: Path) -> str:
    """Return a hash of the table's columns and rows, independent of the order of rows. Raises Refused."""
    with _open(path.parent.parent) as connection:
        columns = columns_of(connection, f"from {_name(path)}")
        query = f"select count(*), sum(hash(row)::hugeint) from {_name(path)} as row"
        return hashlib.sha256(repr((columns, connection.execute(query).fetchall())).encode()).hexdigest()


def _name(path: Path) -> str:
    return f"{quoted(path.parent.name)}.{quoted(path.name.removesuffix(TABLE_ENDING))}"


@contextmanager
def _open(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        with duckdb.connect() as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute(f"attach {literal(str(database))} as export (read_only)")
            connection.execute("use export")
            yield connection
    except duckdb.Error as error:
        if LOCKED in str(error):
            raise Refused("another process has the database open; read it when the connector has ended") from error
        raise Refused(
            "this is not a DuckDB database, it is broken, or a newer DuckDB wrote it; copy it again, "
            f"or export its tables as Parquet (DuckDB {duckdb.__version__})"
        ) from error
