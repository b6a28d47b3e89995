"""Tables for tests: empty ones from the project's own contracts, and rows by the names of their columns.

Belongs here: finding the contract of a table in the YAML of models and sources, wherever the folder of a system is.
Rows that several tests read are in files of their own (`unit/pages/page_tables.py`).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from orchestration.lib.ingestion.raw_tables import TECHNICAL

PROJECT = Path(__file__).resolve().parents[1]
ROOTS = ("dbt_project/models", "systems", "examples")


@cache
def types_of(table: str) -> dict[str, str]:
    """Each column of <schema>.<table> with its type, from the contract of the model or the source."""
    schema, name = table.split(".")
    key, line = ("identifier", f"identifier: {name}\n") if schema == "raw" else ("name", f"  - name: {name}\n")
    for text in filter(lambda text: line in text, _declarations()):
        document = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        tables = [table for source in document.get("sources", []) for table in source["tables"]]
        (entry,) = [each for each in (tables if schema == "raw" else document["models"]) if each.get(key) == name]
        types = {column["name"]: column["data_type"] for column in entry["columns"] if "data_type" in column}
        is_fed = "files" in entry.get("config", {}).get("meta", {})
        return types | (TECHNICAL if is_fed else {})
    raise LookupError(f"no YAML declares {table}")


@cache
def _declarations() -> list[str]:
    return [path.read_text() for root in ROOTS for path in sorted((PROJECT / root).rglob("*.yml"))]


def create(connection: duckdb.DuckDBPyConnection, *tables: str, types: str = "") -> None:
    """Create empty tables from their contracts; `types` are the columns and types of a model without a contract."""
    for table in tables:
        columns = types or ", ".join(f"{name} {kind}" for name, kind in types_of(table).items())
        connection.execute(f"create schema if not exists {table.split('.')[0]}")
        connection.execute(f"create or replace table {table} ({columns})")


def fill(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows to a table; a column that a row does not name is null."""
    types = {name: kind for name, kind, *_ in connection.execute(f"describe {table}").fetchall()}
    names = list(dict.fromkeys(name for row in rows for name in row))
    lists = [[row.get(name) for row in rows] for name in names]
    values = ", ".join(f"unnest(cast(? as {types[name]}[]))" for name in names)
    connection.execute(f"insert into {table} ({', '.join(names)}) select {values}", lists)
