"""Reading a whole database: every block of every table.

Belongs here: DuckDB in a process of its own, which some damage ends, and SQLite's own check.
"""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb

from orchestration.lib.warehouse.connection import connect
from orchestration.lib.warehouse.sql import quoted


def damage_of_duckdb(path: Path) -> str:
    """What is wrong with the file, empty if nothing is."""
    done = subprocess.run([sys.executable, "-m", __name__, str(path)], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    return done.stdout.strip() or f"reading it ended the process ({done.returncode})"


def damage_of_sqlite(path: Path) -> str:
    """The same of an SQLite file."""
    try:
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            found = [text for (text,) in connection.execute("pragma integrity_check(1)") if text != "ok"]
    except sqlite3.DatabaseError as error:
        return str(error)
    return " ".join(found)


def read_all(path: Path) -> None:
    """Read every table of the DuckDB file. duckdb.Error at the first damage, with the table in its text."""
    with connect(path, read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where not internal order by all"
        ).fetchall()
        for schema, table in tables:
            relation = f"{quoted(schema)}.{quoted(table)}"
            try:
                connection.execute(f"select bit_xor(hash(each)) from {relation} as each").fetchall()
            except duckdb.Error as error:
                raise duckdb.Error(f"{schema}.{table}: {str(error).splitlines()[0]}") from error


if __name__ == "__main__":
    try:
        read_all(Path(sys.argv[1]))
    except duckdb.Error as error:
        print(str(error).splitlines()[0])
        sys.exit(1)
