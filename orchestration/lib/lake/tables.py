"""Tables of the warehouse as Parquet, and as tables of Spark.

Belongs here: the folders of the lake. What Spark builds from them is build.py.

    <home>/lake/raw/<table>.parquet           every raw table, exported again when its loads have changed
    <home>/lake/staging/<seed>.parquet        the tables of dbt's seeds
    <home>/lake/tables/<schema>.db/<table>/   what Spark has built
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from orchestration.lib.warehouse.sql import literal, quoted
from orchestration.lib.whole_files import write_whole
from orchestration.mistakes import Mistake

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TYPES = {
    "VARCHAR": "string",
    "USMALLINT": "int",
    "INTEGER": "int",
    "TIMESTAMP WITH TIME ZONE": "timestamp_ltz",
    "TIMESTAMP": "timestamp_ntz",
}
# The schemas of the models.
BUILT = ("staging", "intermediate", "marts", "reports")
PUBLISHED = ("marts", "reports")
SCHEMAS = ("raw", *BUILT)
EXPORTED = ("raw", "staging")
# For which loads each raw table was exported.
STATES = "exported.json"
LEDGER = "ingestion__loads"


class LakeError(Mistake):
    """The catalog of Spark has something of another's; the text names it."""

    exit_code = 1


def export_tables(warehouse: Path, lake: Path, seeds: Iterable[str]) -> dict[str, str]:
    """Write the raw tables and these seeds of the warehouse into the lake; a table of the same loads is kept.

    Return the columns of each <schema>.<table> as Spark declares them: asking every file for them takes a minute.
    """
    tables = [("staging", seed) for seed in seeds]
    with duckdb.connect(warehouse, read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        tables += connection.execute(
            "select schema_name, table_name from duckdb_tables() where schema_name = 'raw' order by all"
        ).fetchall()
        loads = _loads(connection)
        declared, states, before = {}, {}, _forget_states(lake)
        for schema, table in tables:
            name, path = f"{schema}.{table}", _file(lake, f"{schema}.{table}")
            columns = connection.execute(f"describe {schema}.{quoted(table)}").fetchall()
            declared[name] = ", ".join(f"`{column}` {spark_type(kind)}" for column, kind, *_ in columns)
            if schema == "raw" and table in loads:
                states[name] = f"{declared[name]} {loads[table]}"
                if before.get(name) == states[name] and path.exists():
                    continue
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            connection.execute(f"copy {schema}.{quoted(table)} to {literal(str(path))} (format parquet)")
    for path in (path for schema in EXPORTED for path in (lake / schema).glob("*.parquet")):
        if f"{path.parent.name}.{path.stem}" not in declared:
            path.unlink()
    write_whole(lake / STATES, json.dumps(states))
    return declared


def _loads(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What the ledger has of each raw table: nothing changes a row of one without changing a row of the ledger."""
    tables = "select table_name from duckdb_tables() where schema_name = 'raw'"
    if (LEDGER,) not in connection.execute(tables).fetchall():
        return {}
    return dict(
        connection.execute(
            f"""
            select system || '__' || table_name, sha256(string_agg(load, chr(10) order by load))
            from (select system, table_name, cast(loads as varchar) as load from raw.{LEDGER} as loads) as loads
            group by all
            """
        ).fetchall()
    )


def _forget_states(lake: Path) -> dict[str, str]:
    """The states of the last export; none while the next one, which may be killed, replaces files."""
    path = lake / STATES
    states: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    path.unlink(missing_ok=True)
    return states


def _file(lake: Path, name: str) -> Path:
    """The file of a <schema>.<table> that DuckDB has written."""
    return lake / f"{name.replace('.', '/', 1)}.parquet"


def register_tables(session: SparkSession, lake: Path, building: Path, declared: Mapping[str, str]) -> None:
    """Make what was exported tables of Spark, beside schemas for the models, whose tables go into `building`.

    A server keeps schemas between sessions. Those of a killed build of this lake are dropped; LakeError if there is one
    of anything else, which a build would write into.
    """
    drop_tables(session, lake)
    for schema in SCHEMAS:
        if location := _location(session, schema):
            raise LakeError(
                f"Spark has a schema `{schema}` already, in {location}: a server builds one company at a time, "
                "in a catalog without schemas of these names"
            )
    for schema in SCHEMAS:
        folder = building / f"{schema}.db"
        session.sql(f"create schema {schema} location {_text(folder)}")
    for name, columns in declared.items():
        session.sql(f"create table {name} ({columns}) using parquet location {_text(_file(lake, name))}")


def drop_tables(session: SparkSession, lake: Path) -> None:
    """Drop the schemas whose folders are in this lake; tables that were moved since then stay as files."""
    for schema in SCHEMAS:
        if _location(session, schema).removeprefix("file:").startswith(f"{lake}/"):
            session.sql(f"drop schema {schema} cascade")


def _text(path: Path) -> str:
    """The path as a text in Spark's SQL, which reads a backslash as DuckDB does not."""
    escaped = str(path).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _location(session: SparkSession, schema: str) -> str:
    """Where the schema puts its tables; empty if there is none."""
    if not session.sql(f"show schemas like '{schema}'").collect():
        return ""
    facts = {row[0]: row[1] for row in session.sql(f"describe schema {schema}").collect()}
    return str(facts["Location"])


def spark_type(kind: str) -> str:
    """A type of DuckDB's as Spark names it: `MAP(VARCHAR, DOUBLE)` is `map<string, double>`."""
    for duckdb_name, spark_name in TYPES.items():
        kind = kind.replace(duckdb_name, spark_name)
    return re.sub(r"MAP\((.+)\)$", r"map<\1>", kind)


def built_tables(lake: Path) -> dict[str, str]:
    """The Parquet files of each table that Spark has built, as a pattern, by <schema>.<table>."""
    folders = (folder for folder in (lake / "tables").glob("*.db/*") if any(folder.glob("*.parquet")))
    return {f"{folder.parent.stem}.{folder.name}": str(folder / "*.parquet") for folder in sorted(folders)}


def fill_warehouse(warehouse: Path, lake: Path) -> None:
    """Put what Spark has built into the warehouse: marts and reports as tables, the rest as views of the lake."""
    with duckdb.connect(warehouse) as connection:
        kinds = connection.execute(
            "select table_schema || '.' || table_name, table_type from information_schema.tables"
        )
        known = dict(kinds.fetchall())
        for name, files in built_tables(lake).items():
            kind = "table" if name.partition(".")[0] in PUBLISHED else "view"
            connection.execute(f"create schema if not exists {name.partition('.')[0]}")
            if name in known and ("view" if known[name] == "VIEW" else "table") != kind:
                connection.execute(f"drop {'table' if kind == 'view' else 'view'} {name}")
            connection.execute(f"create or replace {kind} {name} as from read_parquet({literal(files)})")
