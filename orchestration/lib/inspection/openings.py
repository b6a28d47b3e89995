"""What the columns that no file of a table has would open, in the words of the declaration (`opens`).

Belongs here: which of them are missing. Several columns, in one table of a system or in several, can open the same:
one of them is enough, and the first declared one is named. Does not belong here: reading headers (headers.py) and the
ledger of loads.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from orchestration.lib.source_tables import Column, SourceTable

LOADS = "select system, table_name, missing_columns from marts.fct_loads where status = 'loaded'"
VARYING = re.compile(r"\(.+?\)")
Missing = Mapping[tuple[str, str], Sequence[Collection[str]]]


@dataclass(frozen=True)
class Opening:
    """A column that the export of a table could have, and what it would open."""

    system: str
    table: str
    label: str
    opens: str

    @property
    def text(self) -> str:
        """One line for a person."""
        return f"{self.system}.{self.table}: add the column {self.label}; it opens {self.opens}"


def find_openings(tables: Iterable[SourceTable], missing: Missing) -> list[Opening]:
    """What could be opened. `missing` has, by system and table, the columns that each of the loaded files lacks."""
    declared = list(tables)
    read = {(table.system, table.name): missing.get((table.system, table.name), ()) for table in declared}
    there = {(table.system, opens) for table in declared for opens in _opened(table, read[table.system, table.name])}
    found: dict[tuple[str, str], Opening] = {}
    for table in declared:
        for column in table.columns if read[table.system, table.name] else ():
            for opens in column.opens:
                if (table.system, opens) not in there:
                    found.setdefault((table.system, opens), Opening(table.system, table.name, _label(column), opens))
    return list(found.values())


def openings_of_copy(connection: duckdb.DuckDBPyConnection, tables: Iterable[SourceTable]) -> list[Opening]:
    """The same for the files of a published copy."""
    missing: dict[tuple[str, str], list[Collection[str]]] = {}
    for system, table, columns in connection.execute(LOADS).fetchall():
        missing.setdefault((system, table), []).append(json.loads(columns or "[]"))
    return find_openings(tables, missing)


def _opened(table: SourceTable, files: Sequence[Collection[str]]) -> Iterator[str]:
    """What the columns open that at least one file has."""
    for column in table.columns if files else ():
        if not all(column.name in absent for absent in files):
            yield from column.opens


def _label(column: Column) -> str:
    """The label as a person reads it in an export; of a pattern, with an ellipsis for what varies."""
    if not column.pattern:
        written = [label for label in column.labels if "_" not in label and label[:1].isupper()]
        return f"`{written[0] if written else column.name.replace('_', ' ').capitalize()}`"
    first = column.pattern.partition("|^")[0].strip("^$").replace("[\"']", '"')
    return f"`{VARYING.sub('…', first).capitalize()}`"
