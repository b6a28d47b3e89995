"""The columns of a file that feed declared columns, and their cells.

Belongs here: which cell of `parsed` feeds which column, its cleaning, placeholders, and the families of types.
Does not belong here: labels (`header.py`), and the values of the cells (`casting.py`).
"""

from dataclasses import dataclass
from typing import Literal

import duckdb

from orchestration.lib.ingestion.header import Header, is_in_micros
from orchestration.lib.ingestion.tidying import cleaned
from orchestration.lib.source_tables import Column, SourceTable
from orchestration.lib.warehouse.sql import literal

INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"}
INTEGERS |= {f"U{name}" for name in INTEGERS}


@dataclass(frozen=True)
class Field:
    """One column of the file; a declared map has one field per entry, named by `entry`."""

    number: int
    column: Column
    label: str
    place: int
    entry: str | None = None
    has_persons: bool = False  # whether a column of its table is personal

    @property
    def kind(self) -> str:
        """The type of its values, in DuckDB's spelling."""
        return self.column.value_type

    @property
    def cell(self) -> str:
        """Name of its cell in the query of `cells_of`."""
        return f"cell_{self.number}"

    @property
    def is_in_micros(self) -> bool:
        """Whether its numbers are millionths of those of the column."""
        return self.family == "number" and is_in_micros(self.label) and "micros" not in self.column.name

    @property
    def description(self) -> str:
        """Its name in messages."""
        return f"column {self.column.name}" + (f" ({self.label})" if self.entry is not None else "")

    @property
    def family(self) -> Literal["text", "time", "integer", "number", "other"]:
        """The kind of its values, independent of their width."""
        if self.kind == "VARCHAR":
            return "text"
        if self.kind == "DATE" or self.kind.startswith("TIMESTAMP"):
            return "time"
        if self.kind in INTEGERS:
            return "integer"
        return "number" if self.kind in ("DOUBLE", "FLOAT") or self.kind.startswith("DECIMAL") else "other"


def fields_of(table: SourceTable, header: Header) -> list[Field]:
    """The fields of a file with this header, in the order of the declaration."""
    fields: list[Field] = []
    for column in table.columns:
        places = [(None, header.places[column.name])] if column.name in header.places else []
        for entry, place in places or header.entries.get(column.name, {}).items():
            fields.append(Field(len(fields), column, header.labels[place], place, entry, table.has_persons))
    return fields


def fields_with(connection: duckdb.DuckDBPyConnection, fields: list[Field], sign: str) -> list[Field]:
    """The fields of which a cell, as it came, contains the sign: to clean all cells is a fifth of reading a file."""
    tests = ", ".join(f"bool_or(contains(c{field.place}, {literal(sign)}))" for field in fields)
    found = connection.execute(f"select {tests} from parsed").fetchall()[0]
    return [field for field, has_sign in zip(fields, found, strict=True) if has_sign]


def cells_of(table: SourceTable, header: Header, fields: list[Field]) -> str:
    """The query of _line, _extra and the cleaned cell of each field, null for an empty one and a placeholder."""
    cells = "".join(f", {_cell(table, field)} as {field.cell}" for field in fields)
    return f"select _line, {_extra(header)} as _extra{cells} from parsed"


def _cell(table: SourceTable, field: Field) -> str:
    cell = cleaned(f"c{field.place}")
    placeholders = {text.strip().lower() for text in (*table.placeholders, *field.column.placeholders)}
    if placeholders:
        # `in` returns null for a null, and then the cell is null too.
        cell = f"if(lower({cell}) in ({', '.join(map(literal, sorted(placeholders)))}), null, {cell})"
    return cell


def _extra(header: Header) -> str:
    """Return the JSON text of the undeclared cells that are not empty, null when all are."""
    places = [header.labels.index(label) for label in header.undeclared]
    if not places:
        return "cast(null as varchar)"
    pairs = ", ".join(f"{literal(header.labels[place])}, c{place}" for place in places)
    # A merge patch drops the empty cells.
    return f"nullif(cast(json_merge_patch('{{}}', json_object({pairs})) as varchar), '{{}}')"
