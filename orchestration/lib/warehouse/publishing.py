"""The published copy: marts and reports in a separate DuckDB file and as Parquet, replaced as a whole.

Belongs here: copying with the descriptions of tables and columns, swapping, clearing old copies. The checks upstream
decide what may be published; the descriptions are the models' (manifest.py); the pages are lib/pages/.

    published/current -> copies/<number>/smarketing.duckdb
    published/current.txt   copies/<number>/smarketing.duckdb
                                         parquet/<schema>.<table>.parquet

A BI tool reads the descriptions as comments on tables and columns. A Parquet file has them as key-value metadata:
`description` for the table, `description:<column>` for each column.
"""

import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from orchestration.lib.warehouse.connection import let_go, open_warehouse
from orchestration.lib.warehouse.manifest import Description
from orchestration.lib.warehouse.sql import literal, quoted
from orchestration.lib.whole_files import number_of, numbered, swap_in, write_whole

NOTHING_READ = (
    "No record with a date was read, so there is nothing to publish; look above for files that were refused or not "
    "read, and add files with rows"
)
NOTHING_BEFORE = (
    "No record has a date before {now:%Y-%m-%d %H:%M} UTC, the time of this machine's clock; set the clock if "
    "it is wrong, else add files whose records are dated, and run again"
)
CLOCK_BEHIND = (
    "The published copy is as of {published:%Y-%m-%d %H:%M} UTC, and this machine's clock shows "
    "{now:%Y-%m-%d %H:%M} UTC; set the clock and run again, or name the instant with --as-of"
)
# Clocks of two machines may differ; nothing is dated by more than a day wrongly for that.
A_DAY = timedelta(days=1)
SCHEMAS = ("marts", "reports")
FILE = "smarketing.duckdb"
# The path of the current copy, for readers of a file system without links.
POINTER = "current.txt"


def current_copy(published: Path) -> Path:
    """The DuckDB file that readers open; it may not exist yet. A home that was copied without its links has POINTER."""
    path, pointer = published / "current" / FILE, published / POINTER
    if path.exists() or not pointer.is_file():
        return path
    named = published / pointer.read_text(encoding="utf-8", errors="replace").strip()
    return named if named.is_file() and named.parent.parent == published / "copies" else path


def reason_against(warehouse: Path, copy: Path, as_of: str) -> str:
    """Why the build in the warehouse may not replace the copy: nothing is dated, or the clock is wrong; else empty.

    Rows dated after the machine's clock are not used, so a clock that is years behind would publish an empty company.
    `as_of` is the instant that the user gave, if any; then the clock decides nothing.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    with open_warehouse(warehouse, read_only=True) as connection:
        try:
            rows = connection.execute("select count(*), count(last_at) from marts.fct_source_freshness").fetchall()
        except duckdb.CatalogException:  # dbt has not come so far.
            return ""
    [(sources, dated)] = rows
    if not sources:
        return NOTHING_READ
    if as_of:
        return ""
    if not dated:
        return NOTHING_BEFORE.format(now=now)
    published = _as_of(copy)
    if published and published > now + A_DAY:
        return CLOCK_BEHIND.format(now=now, published=published)
    return ""


def _as_of(copy: Path) -> datetime | None:
    """The instant of a published copy; None if there is none, or it is damaged and the next one replaces it."""
    try:
        with duckdb.connect(copy, read_only=True) as connection:
            [(as_of,)] = connection.execute("select as_of from marts.dim_build").fetchall()
    except (duckdb.Error, ValueError):
        return None
    return as_of


def publish(warehouse: Path, published: Path, descriptions: Mapping[str, Description] | None = None) -> dict[str, int]:
    """Copy all tables of SCHEMAS and swap the copy in; returns the rows per table.

    A reader that has the old copy open keeps reading it; one that opens `current` gets the old copy or the new one,
    never half of one. `descriptions` has the texts of each <schema>.<table>; a table without any is of an earlier
    project and is not copied.
    """
    copies = published / "copies"
    copies.mkdir(parents=True, exist_ok=True)
    before = number_of(published / "current", copies)
    _clear(copies, keep=before)
    folder = copies / f"{before + 1:06d}"
    (folder / "parquet").mkdir(parents=True)
    rows = _copy(warehouse, folder, descriptions or {})
    for path in (*folder.rglob("*"), folder, copies):
        _sync(path)
    swap_in(published / "current", folder)
    write_whole(published / POINTER, f"{(folder / FILE).relative_to(published)}\n", mode=0o644)
    _sync(published)
    if _emails_in(copies / f"{before:06d}" / FILE) - _emails_in(folder / FILE):
        # The company publishes less of e-mails now: what the copy before has of them is not to be read any more.
        _clear(copies, keep=before + 1, is_alone=True)
    return rows


def _clear(copies: Path, keep: int, is_alone: bool = False) -> None:
    """Remove the files of a killed run and all copies except the current and the previous one, which may be in use."""
    for number, folder in numbered(copies).items():
        if number not in ((keep,) if is_alone else (keep, keep - 1)):
            shutil.rmtree(folder)


def _emails_in(copy: Path) -> set[str]:
    """The columns of a copy that have an e-mail, or the hash of one, of anybody."""
    if not copy.is_file():
        return set()
    with duckdb.connect(copy, read_only=True) as connection:
        try:
            [counts] = connection.execute("select count(email), count(email_hash) from marts.dim_person").fetchall()
        except duckdb.Error:  # It is of an earlier release, or of another project.
            return set()
    return {name for name, count in zip(("email", "email_hash"), counts, strict=True) if count}


def _copy(warehouse: Path, folder: Path, descriptions: Mapping[str, Description]) -> dict[str, int]:
    let_go()
    connection = duckdb.connect()
    try:
        connection.execute(f"attach {literal(str(warehouse))} as warehouse (read_only)")
        connection.execute(f"attach {literal(str(folder / FILE))} as copy")
        tables = connection.execute(
            "select schema_name, table_name, list(column_name) from duckdb_tables() "
            "inner join duckdb_columns() using (database_name, schema_name, table_name) "
            "where database_name = 'warehouse' and schema_name in ? group by all order by all",
            [SCHEMAS],
        ).fetchall()
        rows = {}
        comments = ["begin"]
        for schema, table, columns in tables:
            if descriptions and f"{schema}.{table}" not in descriptions:
                continue  # a table of an earlier version of the project, which nothing builds any more
            relation = f"copy.{quoted(schema)}.{quoted(table)}"
            description = descriptions.get(f"{schema}.{table}", Description("", {})).of_columns(columns)
            connection.execute(f"create schema if not exists copy.{quoted(schema)}")
            connection.execute(f"create table {relation} as from warehouse.{quoted(schema)}.{quoted(table)}")
            parquet = literal(str(folder / "parquet" / f"{schema}.{table}.parquet"))
            connection.execute(f"copy {relation} to {parquet} (format parquet, kv_metadata {_metadata(description)})")
            rows[f"{schema}.{table}"] = connection.execute(f"select count(*) from {relation}").fetchall()[0][0]
            comments += _comments(relation, description)
        # In one transaction: a commit for each of a thousand comments would take seconds.
        connection.execute("; ".join([*comments, "commit"]))
        connection.execute("detach copy")
    finally:
        connection.close()
    return rows


def _comments(relation: str, description: Description) -> list[str]:
    columns = (
        f"comment on column {relation}.{quoted(name)} is {literal(text)}" for name, text in description.columns.items()
    )
    return [f"comment on table {relation} is {literal(description.table)}", *columns]


def _metadata(description: Description) -> str:
    texts = {"description": description.table}
    texts |= {f"description:{name}": text for name, text in description.columns.items()}
    return "{" + ", ".join(f"{quoted(key)}: {literal(text)}" for key, text in texts.items()) + "}"


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
