"""Small helpers to write SQL safely from names and texts of files and declarations.

Belongs here: quoting, nothing that depends on a table. Does not belong here: any query of ingestion itself.
"""

import duckdb


def quoted(name: str) -> str:
    """Return the name as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return the text as a SQL string."""
    return "'" + text.replace("'", "''") + "'"


def columns_of(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, str]]:
    """Return (name, type) of each column of the query."""
    return [(row[0], row[1]) for row in connection.execute(f"describe {query}").fetchall()]
