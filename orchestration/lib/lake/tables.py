"""Tables of the warehouse as Parquet, and as tables of Spark.

Belongs here: the folders of the lake. What Spark builds from them is build.py.

    lake/raw/<table>.parquet        every raw table, exported whole
    lake/staging/<seed>.parquet     the tables of dbt's seeds
    lake/tables/<schema>.db/<table>/  what Spark has built
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb
from pyspark.sql import SparkSession

from orchestration.lib.warehouse.sql import literal, quoted

# The schemas of the models.
BUILT = ("staging", "intermediate", "marts", "reports")


def export_tables(warehouse: Path, lake: Path, seeds: Iterable[str]) -> int:
    """Write all raw tables and these seeds of the warehouse into the lake; returns how many they are."""
    tables = [("staging", seed) for seed in seeds]
    with duckdb.connect(warehouse, read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        tables += connection.execute(
            "select schema_name, table_name from duckdb_tables() where schema_name = 'raw' order by all"
        ).fetchall()
        for schema in {schema for schema, _ in tables}:
            shutil.rmtree(lake / schema, ignore_errors=True)
            (lake / schema).mkdir(parents=True, mode=0o700)
        for schema, table in tables:
            path = literal(str(lake / schema / f"{table}.parquet"))
            connection.execute(f"copy {schema}.{quoted(table)} to {path} (format parquet)")
    return len(tables)


def register_tables(session: SparkSession, lake: Path) -> None:
    """Make what was exported tables of Spark, beside empty schemas for the models."""
    for schema in ("raw", *BUILT):
        session.sql(f"create schema if not exists {schema}")
    for path in sorted([*lake.glob("raw/*.parquet"), *lake.glob("staging/*.parquet")]):
        session.sql(f"create table {path.parent.name}.`{path.stem}` using parquet location '{path}'")


def built_tables(lake: Path) -> dict[str, str]:
    """The Parquet files of each table that Spark has built, as a pattern, by <schema>.<table>."""
    folders = (folder for folder in (lake / "tables").glob("*.db/*") if any(folder.glob("*.parquet")))
    return {f"{folder.parent.stem}.{folder.name}": str(folder / "*.parquet") for folder in sorted(folders)}
