"""Tables of the warehouse as Parquet, and as tables of Spark.

Belongs here: the folders of the lake. What Spark builds from them is build.py.

    <home>/lake/raw/<table>.parquet           every raw table, exported whole
    <home>/lake/staging/<seed>.parquet        the tables of dbt's seeds
    <home>/lake/tables/<schema>.db/<table>/   what Spark has built
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from orchestration.lib.warehouse.sql import literal, quoted

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


def export_tables(warehouse: Path, lake: Path, seeds: Iterable[str]) -> dict[str, str]:
    """Write all raw tables and these seeds of the warehouse into the lake.

    Return the columns of each <schema>.<table> as Spark declares them: asking every file for them takes a minute.
    """
    tables = [("staging", seed) for seed in seeds]
    with duckdb.connect(warehouse, read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        tables += connection.execute(
            "select schema_name, table_name from duckdb_tables() where schema_name = 'raw' order by all"
        ).fetchall()
        for schema in {schema for schema, _ in tables}:
            shutil.rmtree(lake / schema, ignore_errors=True)
            (lake / schema).mkdir(parents=True, mode=0o700)
        declared = {}
        for schema, table in tables:
            path = literal(str(lake / schema / f"{table}.parquet"))
            connection.execute(f"copy {schema}.{quoted(table)} to {path} (format parquet)")
            columns = connection.execute(f"describe {schema}.{quoted(table)}").fetchall()
            declared[f"{schema}.{table}"] = ", ".join(f"`{name}` {spark_type(kind)}" for name, kind, *_ in columns)
    return declared


def register_tables(session: SparkSession, lake: Path, declared: Mapping[str, str]) -> None:
    """Make what was exported tables of Spark, beside empty schemas for the models."""
    for schema in ("raw", *BUILT):
        session.sql(f"create schema if not exists {schema}")
    for name, columns in declared.items():
        path = lake / f"{name.replace('.', '/', 1)}.parquet"
        session.sql(f"create table {name} ({columns}) using parquet location '{path}'")


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
