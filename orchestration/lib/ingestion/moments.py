"""The columns of a table whose times were in the past when the file was written, and their newest value.

Belongs here: which columns these are, and their value in SQL. Does not belong here: what follows from it (`order.py`).
"""

import json
from datetime import datetime

import duckdb

from orchestration.lib.source_tables import Column, SourceTable
from orchestration.lib.warehouse.sql import quoted


def moments(table: SourceTable) -> list[Column]:
    """Return the columns of dates and times, without those of what is planned."""
    return [
        column
        for column in table.columns
        if column.value_type.startswith(("DATE", "TIMESTAMP")) and column.moment != "planned"
    ]


def moment_of(column: Column, alias: str) -> str:
    """Return the SQL of the column's value as a timestamp; of a map, that of its latest entry."""
    value = f"{alias}.{quoted(column.name)}"
    return f"cast({f'list_max(map_values({value}))' if column.pattern else value} as timestamp)"


def newest_values(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> str:
    """Return the newest value of each of these columns in `typed`, as JSON."""
    columns = moments(table)
    if not columns:
        return "{}"
    query = ", ".join(f"max({moment_of(column, 'typed')})" for column in columns)
    values = connection.execute(f"select {query} from typed where _fault is null").fetchall()[0]
    found = {c.name: value.isoformat() for c, value in zip(columns, values, strict=True) if value is not None}
    return json.dumps(found)


def read_values(text: str | None) -> dict[str, datetime]:
    """Return the values of that JSON."""
    return {name: datetime.fromisoformat(value) for name, value in json.loads(text or "{}").items()}
