"""Ids in cells: what spreadsheets and programs make of them, taken back where all digits are there, else rejected.

Belongs here: the evidence of a column of ids, and the expression that restores an id. Does not belong here: which
columns contain ids (`source_tables.py`), ids that one system alone restores (the macros of its staging).

    '301, ="301"   read as 301 (the second in every text: `cell_formats.py`)
    301.0          read as 301, unless another id of the column has decimals (1.25): then the point belongs to the id
    1,234          read as 1234, if all ids of the column are grouped
    1.20213E+17    rejected: the last digits are lost, and several ids become one; so is 1E5 in a column of numbers
    ...789000      rejected, if all ids of the column have zeros from the 16th digit on: a spreadsheet keeps 15
"""

from dataclasses import dataclass

import duckdb

from orchestration.lib.ingestion.cell_formats import is_all, matches
from orchestration.lib.ingestion.fields import Field
from orchestration.lib.warehouse.sql import literal

NUMBER = r"(?:(?:\d+[.,]\d*|[.,]\d+) ?[eE][+-]?|\d+ ?[eE]\+)\d+"
SCIENTIFIC = rf"(?:^|[;|,] ?)[+-]?{NUMBER} ?(?:$|[;|,])"
BARE = r"\d[eE]\d{1,3}"
WITH_ZERO, WITH_DECIMALS = r"\d+[.,]0{1,2}", r"\d+\.\d*[1-9]\d*"
PROTECTED = "^'([0-9A-Za-z])"
MARKS = "[., '']"
GROUPED = "|".join(rf"[1-9]\d{{0,2}}(?:{mark}\d{{3}})+" for mark in (",", r"\.", " ", "'"))
# 1.234 alone may be an id with a point.
SURELY_GROUPED = r"^\d+[,' ]|[.].*[.]"
# From here on zeros are no chance; ids that are microseconds have 16 digits.
LONG, KEPT_DIGITS = r"\d{17,}", 15
EXACT_IN_A_FLOAT = 2**53
REMEDY = "export it again, without opening it in a spreadsheet such as Excel"


@dataclass(frozen=True)
class IdFormat:
    """What the ids of one column have in common."""

    is_numeric: bool  # no id contains a letter, except as 1E5
    is_grouped: bool
    is_float: bool  # 301.0 is 301
    is_cut: bool  # the digits after the 15th are zeros


def needs_a_look(cell: str) -> str:
    """The cheap test that reads all cells: at least one may not be the id itself."""
    shapes = (rf"^'|^[\d.,' ]*[.,' ][\d.,' ]*$|^{BARE}$|^\d{{{KEPT_DIGITS}}}00+$", SCIENTIFIC)
    return f"coalesce({' or '.join(matches(cell, shape) for shape in shapes)}, false)"


def format_of(connection: duckdb.DuckDBPyConnection, cells: str, field: Field) -> IdFormat:
    """The format of the ids of one column; `cells` is the query of all cells."""
    bare, grouped, long = (is_all("id", shape) for shape in (BARE, GROUPED, LONG))
    has_letter, is_short = matches("id", "[A-Za-z]"), is_all("id", r"\d{1,3}")
    excess = f"length(id) - {KEPT_DIGITS}"
    row = connection.execute(
        f"""
        with ids as (select distinct {_unquoted(field.cell)} as id from ({cells}) where {field.cell} is not null)
        select
            bool_and({bare} or not {has_letter}),
            bool_and({grouped} or {is_short}) and count(distinct nullif(regexp_extract(id, '{MARKS}'), '')) = 1
            and (bool_or({matches("id", SURELY_GROUPED)}) or count(*) filter ({grouped}) > 2),
            not bool_or({is_all("id", WITH_DECIMALS)}),
            bool_and(substr(id, {KEPT_DIGITS + 1}) = repeat('0', {excess})) filter ({long})
            and sum({excess}) filter ({long}) > 2
        from ids
        """
    ).fetchall()[0]
    is_numeric, is_grouped, is_float, is_cut = map(bool, row)
    return IdFormat(is_numeric, is_grouped and not field.column.name.endswith("_ids"), is_float, is_cut)


def restored(cell: str, id_format: IdFormat) -> str:
    """The id of a cell that has no problem."""
    found = _unquoted(cell)
    if id_format.is_grouped:
        return f"regexp_replace({found}, '{MARKS}', '', 'g')"
    if id_format.is_float:
        return f"if({is_all(found, WITH_ZERO)}, {_whole(found)}, {found})"
    return found


def problems(cell: str, id_format: IdFormat | None) -> dict[str, tuple[str, str]]:
    """By kind of problem: the condition that digits of the id are lost, and what its cell is."""
    if id_format is None:
        return {}
    found = _unquoted(cell)
    scientific = [matches(found, SCIENTIFIC)] + [is_all(found, BARE)] * id_format.is_numeric
    rounded = [is_all(found, LONG)] * id_format.is_cut
    if id_format.is_float and not id_format.is_grouped:
        rounded.append(f"{is_all(found, WITH_ZERO)} and try_cast({_whole(found)} as hugeint) >= {EXACT_IN_A_FLOAT}")
    conditions = {
        "id in scientific notation": (scientific, "an id in scientific notation"),
        "rounded id": (rounded, f"an id of which only {KEPT_DIGITS} digits are left"),
    }
    return {kind: (" or ".join(tests), what) for kind, (tests, what) in conditions.items() if tests}


def _unquoted(cell: str) -> str:
    """The cell without the apostrophe by which a spreadsheet is made to keep a text."""
    return f"regexp_replace({cell}, {literal(PROTECTED)}, '\\1')"


def _whole(cell: str) -> str:
    return f"regexp_extract({cell}, '^[0-9]+')"
