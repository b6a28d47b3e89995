"""What a message shows of a cell: messages are printed, logged and published, and the cells of persons are not.

Belongs here: the cell or its shape, as text and in SQL. Does not belong here: which columns hold persons
(`source_tables.py`). In a table that has any, a shifted row can bring an e-mail or a phone number into each column.
"""

import re

from orchestration.lib.source_tables import Column, SourceTable
from orchestration.lib.warehouse.sql import literal

MOST = 80
HIDDEN = "***"
# What names nobody: a day with or without a time, and a number of up to six digits, also in scientific notation.
DAY = r"(\d{1,2}[-./]\d{1,2}[-./](\d{2}|\d{4})|\d{4}[-./]\d{1,2}[-./]\d{1,2})([ T][\d:.]{1,15})?"
HARMLESS = rf"{DAY}|[-+]?([.,]?\d){{1,6}}([eE][-+]?\d{{1,3}})?"
ID = r"[A-Za-z_:-]*[0-9][A-Za-z0-9_:-]*"


def shape_of(text: str) -> str:
    """Return the text with each letter as a and each digit as 9; a day or a small number as it is."""
    if re.fullmatch(HARMLESS, text):
        return text
    return "".join("a" if c.isalpha() else "9" if c.isdigit() else c for c in text[:MOST])


def shape(cell: str) -> str:
    """Return the same in SQL."""
    letters, digits = literal(r"\p{L}"), literal(r"\p{N}")
    hidden = f"regexp_replace(regexp_replace(left({cell}, {MOST}), {letters}, 'a', 'g'), {digits}, '9', 'g')"
    return f"case when regexp_full_match({cell}, {literal(HARMLESS)}) then {cell} else {hidden} end"


def shown(column: Column, has_persons: bool, text: str) -> str:
    """Return a cell for a message: in quotes; its shape where the table has persons; nothing of a personal column."""
    if column.personal:
        return HIDDEN
    return f"'{shape_of(text) if has_persons else text[:MOST]}'"


def shown_cell(column: Column, has_persons: bool, cell: str) -> str:
    """Return the same in SQL."""
    part = literal(HIDDEN) if column.personal else shape(cell) if has_persons else f"left({cell}, {MOST})"
    return f"'{chr(39) * 2}' || {part} || '{chr(39) * 2}'"


def shown_id(table: SourceTable, cell: str) -> str:
    """Return an id for a message, in SQL: the shape of a text without a digit or with other marks than ids have."""
    is_id = f"regexp_full_match({cell}, {literal(ID)})"
    return f"case when {is_id} then {cell} else {shape(cell)} end" if table.has_persons else cell


def shown_label(table: SourceTable, label: str) -> str:
    """Return a label for a message: the shape of a value, such as those of a first record without a header above it."""
    return shape_of(label) if table.has_persons and is_value(label) else label


def is_value(cell: str) -> bool:
    """Whether a cell is a value, such as a number, a time or an address, and cannot be a label."""
    return "@" in cell or re.fullmatch(r"[-+\d\s.,:/()TZ€$£%]*\d[-+\d\s.,:/()TZ€$£%]*", cell) is not None
