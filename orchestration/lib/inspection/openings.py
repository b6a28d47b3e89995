"""What the columns and exports that no file has would open, mostly in the words of the declaration (`opens`).

Belongs here: which of them are missing. Several columns, in one table of a system or in several, can open the same:
one of them is enough, and the first declared one is named. Does not belong here: reading headers (headers.py) and the
ledger of loads.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from orchestration.lib.language import gettext, translated
from orchestration.lib.source_tables import Column, SourceTable

LOADS = "select system, table_name, missing_columns from marts.fct_loads where status = 'loaded'"
# What a board of two teams cannot do without, whichever system has it.
WHOLE_EXPORTS = {
    "persons": ("leads or contacts", "leads, and all that follows from them"),
    "opportunities": ("deals or opportunities", "pipeline, won value, win rates and who became a customer"),
    "activities": ("activities: calls, e-mails, meetings", "first contacts, attempts and the clocks that they stop"),
}
ENTITIES = "select distinct entity from marts.fct_source_freshness"
VARYING = re.compile(r"\(.+?\)")
Missing = Mapping[tuple[str, str], Sequence[Collection[str]]]


@dataclass(frozen=True)
class Opening:
    """What an export could have and what it would open: a column; without a label, the table; without a table, more."""

    system: str
    table: str
    label: str
    opens: str

    @property
    def export(self) -> str:
        """The table, or that there is none."""
        return f"{self.system}.{self.table}" if self.table else "no file"

    @property
    def text(self) -> str:
        """One line for a person, in the language that is spoken."""
        opens = translated(self.opens)
        if not self.table:
            label = translated(self.label)
            return gettext("no file has %(label)s: export them; they open %(opens)s", label=label, opens=opens)
        if not self.label:
            return gettext("%(export)s: no file of it; it opens %(opens)s", export=self.export, opens=opens)
        return gettext(
            "%(export)s: add the column %(label)s; it opens %(opens)s",
            export=self.export,
            label=self.label,
            opens=opens,
        )


def find_openings(tables: Iterable[SourceTable], missing: Missing) -> list[Opening]:
    """What could be opened. `missing` has, by system and table, the columns that each of the loaded files lacks."""
    declared = list(tables)
    read = {(table.system, table.name): missing.get((table.system, table.name), ()) for table in declared}
    there = {(table.system, opens) for table in declared for opens in _opened(table, read[table.system, table.name])}
    found: dict[tuple[str, str], Opening] = {}
    systems = {system for (system, _), files in read.items() if files}
    for table in declared:
        for opens in table.opens if table.system in systems and not read[table.system, table.name] else ():
            if (table.system, opens) not in there:
                found.setdefault((table.system, opens), Opening(table.system, table.name, "", opens))
    for table in declared:
        for column in table.columns if read[table.system, table.name] else ():
            for opens in column.opens:
                if (table.system, opens) not in there:
                    found.setdefault((table.system, opens), Opening(table.system, table.name, _label(column), opens))
    return list(found.values())


def openings_of_copy(connection: duckdb.DuckDBPyConnection, tables: Iterable[SourceTable]) -> list[Opening]:
    """The same for the files of a published copy, after the whole exports that it lacks."""
    missing: dict[tuple[str, str], list[Collection[str]]] = {}
    for system, table, columns in connection.execute(LOADS).fetchall():
        missing.setdefault((system, table), []).append(json.loads(columns or "[]"))
    there = {entity for (entity,) in connection.execute(ENTITIES).fetchall()}
    whole = [Opening("", "", *texts) for entity, texts in WHOLE_EXPORTS.items() if entity not in there]
    return whole + find_openings(tables, missing)


def _opened(table: SourceTable, files: Sequence[Collection[str]]) -> Iterator[str]:
    """What a table that has files opens, and those of its columns that at least one file has."""
    yield from table.opens if files else ()
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
