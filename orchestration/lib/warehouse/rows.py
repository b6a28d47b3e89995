"""From a query to rows by column name.

Belongs here: reading a few rows, as pages and reviews show them. Large tables are not read into Python.
"""

from typing import Any

import duckdb

Row = dict[str, Any]


def read_rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: list[Any] | None = None) -> list[Row]:
    """The rows of a query, each as column name -> value, in the query's order."""
    cursor = connection.execute(query, parameters or [])
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
