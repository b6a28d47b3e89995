"""The format of times and numbers in a file: determined per column, from all values, and never guessed.

Belongs here: the company's settings for a system (reference/systems.csv), the evidence in a file, and the refusal where
neither determines the format. Does not belong here: the formats themselves (`cell_formats.py`), turning cells into
values (`casting.py`).
"""

from dataclasses import dataclass, replace
from datetime import date

import duckdb

from orchestration.lib.ingestion import cell_formats, identifiers
from orchestration.lib.ingestion.fields import Field, fields_with
from orchestration.lib.ingestion.identifiers import IdFormat
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.ingestion.shown import shown
from orchestration.lib.warehouse.sql import literal

# Digits with their marks, m the decimal mark and g the group mark: both marks; two groups; what cannot be a group.
SETTLED = (
    r"\d{{1,3}}(?:{g}\d{{2,3}})*{g}\d{{3}}{m}\d*|\d{{1,3}}(?:{g}\d{{2,3}})+{g}\d{{3}}"
    r"|(?:|0\d*|\d{{4,}}){m}\d+|\d+{m}(?:\d{{0,2}}|\d{{4,}})"
)
POINT = r"\."


@dataclass(frozen=True)
class FormatHints:
    """What reference/systems.csv defines for a system, used where the files leave it open."""

    date_order: str | None = None  # dmy or mdy
    decimal_mark: str | None = None  # . or ,
    currency: str | None = None  # of amounts without one
    smaller_until: date | None = None  # exports that came up to this day are right, however few rows they have


@dataclass(frozen=True)
class ColumnFormat:
    """The format of one field; `is_shaped` when at least one cell is in another format than DuckDB's own.

    A column of times of which none is given but midnight has the precision of a day (`has_times` is false).
    """

    is_shaped: bool = False
    date_order: str = "dmy"
    decimal_mark: str = "."
    instants: int = 0  # cells that contain their zone, or count from 1970
    has_times: bool = False
    ids: IdFormat | None = None  # of a column of ids some of which may not be written as they are
    has_spreadsheet_errors: bool = False


def read_format_hints(connection: duckdb.DuckDBPyConnection, system: str) -> FormatHints:
    """The formats that the ingested reference/systems.csv defines for the system; empty if it defines none."""
    query = "select date_order, decimal_mark, currency, max(smaller_until) over () from raw.reference__systems "
    query += "where system = ? order by _load_number desc"
    try:
        rows = connection.execute(query, [system]).fetchall()
    except (duckdb.BinderException, duckdb.CatalogException):  # Before the table is there, in its present shape.
        return FormatHints()
    return FormatHints(*rows[0]) if rows else FormatHints()


def column_formats(
    connection: duckdb.DuckDBPyConnection, cells: str, fields: list[Field], hints: FormatHints, system: str
) -> dict[int, ColumnFormat]:
    """The format of each field, by its number; `cells` is the query of the cells.

    Raises Refused for a column whose date order or decimal mark cannot be determined.
    """
    if not fields:
        return {}
    suspected = fields_with(connection, fields, "#")
    asked = {("error", field.number): cell_formats.is_spreadsheet_error(field.cell) for field in suspected}
    asked |= {("shape", field.number): test for field in fields if (test := _is_shaped(field, hints))}
    asked |= {("time", field.number): cell_formats.has_given_time(field.cell) for field in fields if is_local(field)}
    query = f"select {', '.join(f'bool_or({test})' for test in asked.values())} from ({cells})"
    answers = connection.execute(query).fetchall()[0] if asked else ()
    found = {at for at, is_so in zip(asked, answers, strict=True) if is_so}
    formats = {
        field.number: _look_closer(connection, cells, field, hints, system)
        if ("shape", field.number) in found
        else ColumnFormat()
        for field in fields
    }
    return {
        at: replace(each, has_times=("time", at) in found, has_spreadsheet_errors=("error", at) in found)
        for at, each in formats.items()
    }


def is_local(field: Field) -> bool:
    """Whether its values are local times in the zone of the file."""
    return field.kind.startswith("TIMESTAMP") and "ZONE" not in field.kind


def _is_shaped(field: Field, hints: FormatHints) -> str | None:
    """The cheap test that reads all cells: at least one cell needs more than a cast."""
    cell = field.cell
    if field.family == "time":
        # DuckDB drops a zone, reads "epoch" as a time and 24/01/05 as the year 24.
        is_aware = "ZONE" in field.kind
        year = f"coalesce(try_cast({cell} as {field.kind if is_aware else 'timestamp'}) < '1000-01-01', true)"
        if is_aware:
            return f"{cell} is not null and ({year} or {cell} >= ':' or {cell_formats.is_odd_zone(cell)})"
        shaped = f"{year} or {cell} >= ':' or {cell_formats.matches(cell, cell_formats.ZONED_OR_ODD)}"
        return f"case when {cell} is null then false when {cell_formats.is_iso(cell)} then true else {shaped} end"
    if field.family == "integer":
        return f"not {cell_formats.is_all(cell, cell_formats.PLAIN_INTEGER)}"
    if field.family == "number":
        may_group = f" or {cell} like '%.___'" if _points_are_ambiguous(field) or hints.decimal_mark == "," else ""
        return f"{cell} is not null and (try_cast({cell} as {field.kind}) is null{may_group})"
    return identifiers.needs_a_look(cell) if field.column.contains_ids and field.family == "text" else None


def _points_are_ambiguous(field: Field) -> bool:
    """Whether 1.234 is ambiguous: it has more decimals than prices have, which are columns of cents or of micros."""
    return field.kind.startswith("DECIMAL") and int(field.kind.rstrip(")").split(",")[1]) in (0, 1, 2, 6)


def _look_closer(
    connection: duckdb.DuckDBPyConnection, cells: str, field: Field, hints: FormatHints, system: str
) -> ColumnFormat:
    if field.family == "time":
        return _format_of_times(connection, cells, field, hints, system)
    if field.family == "text":
        return ColumnFormat(ids=identifiers.format_of(connection, cells, field))
    return _format_of_numbers(connection, cells, field, hints, system)


def _format_of_times(
    connection: duckdb.DuckDBPyConnection, cells: str, field: Field, hints: FormatHints, system: str
) -> ColumnFormat:
    shape = literal(cell_formats.DAY_OR_MONTH_FIRST)
    first, second = (f"try_cast(regexp_extract(plain, {shape}, {group}) as integer)" for group in (1, 2))
    padded, unpadded = (
        [f"regexp_matches(regexp_extract(plain, {shape}, {group}), '^{zero}[1-9]$')" for group in (1, 2)]
        for zero in ("0", "")
    )
    day_first, month_first, line, cell, instants, swapped = connection.execute(
        f"""
        with
            plain_cells as (
                select
                    _line, {field.cell} as cell,
                    case when {cell_formats.is_iso(field.cell)} then null else {cell_formats.plain(field.cell)} end
                        as plain
                from ({cells})
            ),
            numbers as (
                select
                    _line, cell, {first} as first, {second} as second,
                    cell is not null and (plain is null or {cell_formats.is_instant("plain")}) as is_instant,
                    {padded[0]} as first_padded, {unpadded[0]} as first_unpadded,
                    {padded[1]} as second_padded, {unpadded[1]} as second_unpadded,
                    regexp_matches(plain, '^[12][0-9]{{3}}-[0-9][0-9]-(0[1-9]|1[0-2])') as is_early_iso,
                    regexp_matches(plain, '^[12][0-9]{{3}}-[0-9][0-9]-(1[3-9]|[23])') as is_late_iso
                from plain_cells
            )
        select
            count(*) filter (where first > 12 and second <= 12),
            count(*) filter (where first <= 12 and second > 12),
            min(_line) filter (where first <= 12 and second <= 12 and first != second),
            arg_min(cell, _line) filter (where first <= 12 and second <= 12 and first != second),
            count(*) filter (where is_instant),
            case
                when bool_or(first_padded) and bool_or(first_unpadded)
                then min({{'line': _line, 'cell': cell}}) filter (where first_unpadded)
                when bool_or(second_padded) and bool_or(second_unpadded)
                then min({{'line': _line, 'cell': cell}}) filter (where second_unpadded)
                when
                    bool_or(is_early_iso) and not bool_or(is_late_iso)
                    and bool_or(least(first, second) <= 12)
                    and bool_and(greatest(first, second) > 12) filter (where least(first, second) <= 12)
                then min({{'line': _line, 'cell': cell}}) filter (where is_early_iso)
            end
        from numbers
        """
    ).fetchall()[0]
    if swapped:
        raise _swapped(field, swapped["line"], swapped["cell"])
    order = _decide({"dmy": day_first, "mdy": month_first}, hints.date_order)
    if not order and line:
        raise _undecided(field, line, cell, "a day and a month in either order", "date_order: dmy or mdy", system)
    return ColumnFormat(True, date_order=order or "dmy", instants=instants)


def _format_of_numbers(
    connection: duckdb.DuckDBPyConnection, cells: str, field: Field, hints: FormatHints, system: str
) -> ColumnFormat:
    # In a column of whole numbers 1,234 has one meaning, and 1.000 has two.
    tail = "000" if field.family == "integer" else r"\d{3}"
    open_points, open_commas = (cell_formats.is_all("digits", rf"[1-9]\d{{0,2}}{mark}{tail}") for mark in (POINT, ","))
    points, commas, with_point, with_comma, line, cell = connection.execute(
        f"""
        with
            numbers as (
                select _line, {field.cell} as cell, regexp_replace({field.cell}, '[^0-9.,]', '', 'g') as digits
                from ({cells})
            )
        select
            count(*) filter (where {cell_formats.is_all("digits", SETTLED.format(m=POINT, g=","))}),
            count(*) filter (where {cell_formats.is_all("digits", SETTLED.format(m=",", g=POINT))}),
            count(*) filter (where {open_points}),
            count(*) filter (where {open_commas}),
            min(_line) filter (where {open_points} or {open_commas}),
            arg_min(cell, _line) filter (where {open_points} or {open_commas})
        from numbers
        """
    ).fetchall()[0]
    mark = _decide({".": points, ",": commas}, hints.decimal_mark)
    if not mark:
        # Programs write a point before a fraction, unless it has more digits than the column can have.
        is_ambiguous = with_comma or (with_point and (points or _points_are_ambiguous(field)))
        if with_point if field.family == "integer" else is_ambiguous:
            raise _undecided(field, line, cell, "thousands or a fraction", "decimal_mark: . or ,", system)
        mark = "."
    return ColumnFormat(True, decimal_mark=mark)


def _decide(evidence: dict[str, int], answer: str | None) -> str | None:
    """The format that the values prove, else the company's answer, else that of most values; None without any."""
    (one, ones), (other, others) = evidence.items()
    if ones and not others:
        return one
    if others and not ones:
        return other
    if answer or ones == others:
        return answer
    return one if ones > others else other


def _swapped(field: Field, line: int, cell: str) -> Refused:
    what = shown(field.column, field.has_persons, cell)
    return Refused(
        f"line {line}, {field.description}: {what} is written in another way than other days of the column, some with "
        "leading zeros and some without, or some with the year first: so it looks after Excel has exchanged day and "
        "month of those it could read; export the file again and put it here without opening it in Excel, or write "
        "every day of the column as 2026-01-31"
    )


def _undecided(field: Field, line: int, cell: str, both: str, answer: str, system: str) -> Refused:
    what = shown(field.column, field.has_persons, cell)
    return Refused(
        f"line {line}, {field.description}: {what} is {both}, and no value of the column decides which; "
        f"set {answer} for {system} in reference/systems.csv"
    )
