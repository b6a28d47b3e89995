"""A DuckDB file written once more: a deleted row stays in the blocks of its file until the file is another one.

Belongs here: the copy and the swap. What was deleted before is the caller's.
"""

import os
from pathlib import Path

import duckdb

from orchestration.lib.warehouse.sql import literal


def rewrite(path: Path) -> None:
    """Replace the file by one that has what it has now, and nothing that it once had. Nobody may have it open."""
    made = path.with_name(f".{path.name}.new")
    made.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(str(path))} as before")
        connection.execute(f"attach {literal(str(made))} as made")
        # What is in its log alone would be lost, if this process ended between the removal of the log and the swap.
        connection.execute("checkpoint before")
        connection.execute("copy from database before to made")
        connection.execute("detach made")
        connection.execute("detach before")
    made.chmod(path.stat().st_mode)
    descriptor = os.open(made, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    made.replace(path)


def drop_all_but(connection: duckdb.DuckDBPyConnection, kept: str) -> None:
    """Drop every schema but one: what a build makes again."""
    query = (
        "select distinct schema_name from duckdb_schemas() "
        "where database_name = current_database() and not internal and schema_name not in ('main', ?)"
    )
    for (schema,) in connection.execute(query, [kept]).fetchall():
        connection.execute(f"drop schema {schema} cascade")
