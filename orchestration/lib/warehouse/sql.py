"""Small helpers to write SQL safely from names and texts of files and declarations.

Belongs here: quoting, nothing that depends on a table. Does not belong here: any query of ingestion itself.
"""

from collections.abc import Sequence

import duckdb

# What two spellings of a word may differ in beside case, as dbt's macro folded_word has it.
APART = " _-()[]{}" + "".join(map(chr, (9, 10, 13, 160, 8203, 8204, 8205, 8209, 8211, 8239, 8288, 65279)))


def quoted(name: str) -> str:
    """Return the name as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return the text as a SQL string."""
    return "'" + text.replace("'", "''") + "'"


def folded(expression: str) -> str:
    """Return the SQL for a word in the form in which two are compared."""
    return f"translate(lower({expression}), {literal(APART)}, '')"


def columns_of(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, str]]:
    """Return (name, type) of each column of the query."""
    return [(row[0], row[1]) for row in connection.execute(f"describe {query}").fetchall()]


def numbered(texts: Sequence[str]) -> str:
    """Return a VALUES clause with one row per text: the text, and its place from 0."""
    return f"values {', '.join(f'({literal(text)}, {place})' for place, text in enumerate(texts))}"
