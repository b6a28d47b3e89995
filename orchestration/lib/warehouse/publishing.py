"""The published copy: marts and reports in a separate DuckDB file and as Parquet, replaced as a whole.

Belongs here: copying, swapping, clearing what is left of copies before. What may be published is decided by the checks
upstream; the pages are lib/pages/.

    published/current -> copies/<number>/smarketing.duckdb
                                         parquet/<schema>.<table>.parquet
"""

import os
import shutil
from pathlib import Path

import duckdb

SCHEMAS = ("marts", "reports")
FILE = "smarketing.duckdb"


def current_copy(published: Path) -> Path:
    """The DuckDB file that readers open; it may not exist yet."""
    return published / "current" / FILE


def publish(warehouse: Path, published: Path) -> dict[str, int]:
    """Copy all tables of SCHEMAS and swap the copy in; returns the rows a table.

    Who has the old copy open keeps reading it; who opens `current` gets the old one or the new one, never half of one.
    """
    copies = published / "copies"
    copies.mkdir(parents=True, exist_ok=True)
    before = _number_of_current(published)
    _clear(copies, keep=before)
    folder = copies / f"{before + 1:06d}"
    (folder / "parquet").mkdir(parents=True)
    rows = _copy(warehouse, folder)
    for path in (*folder.rglob("*"), folder, copies):
        _sync(path)
    link = published / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.relative_to(published), target_is_directory=True)
    os.replace(link, published / "current")
    _sync(published)
    return rows


def _number_of_current(published: Path) -> int:
    link = published / "current"
    return int(link.readlink().name) if link.is_symlink() else 0


def _clear(copies: Path, keep: int) -> None:
    """Remove the files of a killed run and all copies except the current and the previous one, which may be in use."""
    for folder in copies.iterdir():
        if folder.name not in (f"{keep:06d}", f"{keep - 1:06d}"):
            shutil.rmtree(folder)


def _copy(warehouse: Path, folder: Path) -> dict[str, int]:
    connection = duckdb.connect()
    try:
        connection.execute(f"attach '{_literal(warehouse)}' as warehouse (read_only)")
        connection.execute(f"attach '{_literal(folder / FILE)}' as copy")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where database_name = 'warehouse' and schema_name in ? order by all",
            [SCHEMAS],
        ).fetchall()
        rows = {}
        for schema, table in tables:
            connection.execute(f'create schema if not exists copy."{schema}"')
            connection.execute(f'create table copy."{schema}"."{table}" as from warehouse."{schema}"."{table}"')
            parquet = _literal(folder / "parquet" / f"{schema}.{table}.parquet")
            connection.execute(f"""copy copy."{schema}"."{table}" to '{parquet}' (format parquet)""")
            count = connection.execute(f'select count(*) from copy."{schema}"."{table}"').fetchall()[0][0]
            rows[f"{schema}.{table}"] = count
        connection.execute("detach copy")
    finally:
        connection.close()
    return rows


def _literal(path: Path) -> str:
    return str(path).replace("'", "''")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
