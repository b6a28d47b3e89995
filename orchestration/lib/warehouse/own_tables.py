"""The raw tables that our own code writes: one class per table, whose fields are its columns.

Belongs here: making such a table, and inserting rows by name. Which tables there are is defined where they are
written: `agreement/contract.py`, `closing/months.py`, `ingestion/raw_tables.py`, `company/privacy.py`,
`review/tables.py`. The dbt sources
YAML declares the same columns (tests/conventions/test_contracts.py compares the two).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, dataclass_transform, get_args, get_type_hints

import duckdb

BigInt = Annotated[int, "bigint"]
Money = Annotated[float, "decimal(18, 2)"]
TYPES = {str: "varchar", int: "integer", float: "double", bool: "boolean", date: "date", datetime: "timestamp"}

# Every table by its name in the schema `raw`.
OWN_TABLES: dict[str, type["Row"]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Row:
    """A row of an own table: a frozen dataclass, created by keyword only."""

    table: ClassVar[str] = ""

    def __init_subclass__(cls, table: str = "") -> None:
        """Without a table the class defines columns that several tables share."""
        dataclass(frozen=True, kw_only=True)(cls)
        if table:
            cls.table = table
            OWN_TABLES[table] = cls


def column_types(row: type[Row]) -> dict[str, str]:
    """Each column with its type."""
    return {name: declared.partition(" default ")[0] for name, declared in _declared(row).items()}


def _declared(row: type[Row]) -> dict[str, str]:
    """Each column with its type, and its default if it has one."""
    hints = get_type_hints(row, include_extras=True)
    return {field.name: _column_type(hints[field.name]) for field in fields(row)}  # type: ignore[arg-type]


def create_table(
    connection: duckdb.DuckDBPyConnection, row: type[Row], replace: bool = False, schema: str = "raw"
) -> set[str]:
    """Create <schema>.<table>; a table of an earlier version of the project stays, and gets the columns that it lacks.

    Return the columns that it had before.
    """
    columns = _declared(row)
    declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    if schema == "raw":
        connection.execute("create schema if not exists raw")
    if replace:
        connection.execute(f"create or replace table {schema}.{row.table} ({declared})")
        return set(columns)
    connection.execute(f"create table if not exists {schema}.{row.table} ({declared})")
    # information_schema reads the columns of all tables of the warehouse.
    described = connection.execute(f"select name from pragma_table_info('{schema}.{row.table}')").fetchall()
    present = {name for (name,) in described}
    for name, kind in columns.items():
        if name not in present:
            # Without "if not exists" DuckDB cannot commit several of these and an update in one transaction.
            connection.execute(f"alter table {schema}.{row.table} add column if not exists {name} {kind}")
    return present


def insert_rows(connection: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> None:
    """Add rows of one table, in one statement."""
    if rows:
        kinds = column_types(type(rows[0]))
        columns = ", ".join(f"unnest(?::{kind}[])" for kind in kinds.values())
        values = [[getattr(row, name) for row in rows] for name in kinds]
        connection.execute(f"insert into raw.{rows[0].table} ({', '.join(kinds)}) select {columns}", values)


def _column_type(hint: Any) -> str:
    if hasattr(hint, "__metadata__"):
        return str(hint.__metadata__[0])
    if hint in TYPES:
        return TYPES[hint]
    # Nullable columns: `str | None`.
    return next(_column_type(each) for each in get_args(hint) if each is not type(None))
