"""What is wrong with the declaration of a source table.

Belongs here: errors in what was read. Does not belong here: reading the YAML and the classes of what was read
(source_tables.py, which imports this module).
"""

import codecs
import re
from typing import Any

import duckdb

from orchestration.lib.labels import fold_label
from orchestration.mistakes import Mistake

RESERVED_COLUMNS = {"_extra", "_file", "_line", "_load_id", "_load_number", "_time_zone"}


class DeclarationError(Mistake):
    """A sources YAML is invalid; the message names file, table and column."""


def check_pattern(column: Any, where: str) -> None:
    """Raise DeclarationError for a pattern without a map, and for a map without a pattern."""
    is_map = str(duckdb.sqltype(column.data_type)).startswith("MAP(VARCHAR, ")
    if is_map != bool(column.pattern):
        raise DeclarationError(f"{where}: a pattern goes with data_type map(varchar, <type>), and such a map with one")
    if column.pattern and (column.labels or column.accepted):
        raise DeclarationError(f"{where}: a column with a pattern has no labels and no accepted values")
    if column.pattern and not compiled(column.pattern, where).groups:
        raise DeclarationError(f"{where}: the pattern needs a group, which names the entry of the map: '^Date (.+)$'")


def compiled(pattern: str, where: str) -> re.Pattern[str]:
    """Return the regular expression. Raises DeclarationError."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise DeclarationError(f"{where}: {pattern!r} is not a valid regular expression: {error}") from error


def check_table(table: Any, identifier: str, where: str) -> None:
    """Raise DeclarationError for errors that concern the whole table."""
    if not (table.files or table.utc_files) or not table.columns:
        raise DeclarationError(f"{where}: needs at least one pattern under files and one column")
    if identifier != table.raw_table:
        raise DeclarationError(f"{where}: identifier must be {table.raw_table!r}, found {identifier!r}")
    owners: dict[str, str] = {}
    for column in table.columns:
        if column.name.lower() in RESERVED_COLUMNS:
            raise DeclarationError(f"{where}, column {column.name}: the name is reserved for ingestion; rename it")
        for label in {fold_label(label) for label in (column.name, *column.labels)}:
            if label in owners:
                raise DeclarationError(
                    f"{where}, column {column.name}: label {label!r} is already one of column {owners[label]}"
                )
            owners[label] = column.name
    names = {column.name for column in table.columns}
    if table.spend and not {table.spend, "day", "campaign"} <= names:
        raise DeclarationError(f"{where}: spend names a column of a table with the columns day and campaign")
    if undeclared := [name for name in table.key if name not in names]:
        raise DeclarationError(f"{where}: key column {undeclared[0]!r} is not declared under columns")
    if unknown := [column for column in table.columns if column.stand_in and column.stand_in not in names]:
        raise DeclarationError(f"{where}, column {unknown[0].name}: stand_in names no column of the table")
    kinds = {column.name: column.value_type for column in table.columns}
    for column in table.columns:
        if column.currency_of and (kinds[column.name] != "VARCHAR" or kinds.get(column.currency_of, "V")[0] == "V"):
            raise DeclarationError(f"{where}, column {column.name}: a varchar; currency_of names a column of numbers")
    for footer in table.footers:
        compiled(footer, where)
    for encoding in table.encodings:
        try:
            codecs.lookup(encoding)
        except LookupError as error:
            raise DeclarationError(f"{where}: unknown encoding {encoding!r}; use utf-8 or latin-1") from error
