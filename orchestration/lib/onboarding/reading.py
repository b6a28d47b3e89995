"""Columns read as a type, exactly as ingestion reads them: what would be invalid, and which format they have.

Belongs here: trying a type on the distinct cells of a column. Does not belong here: which type a column gets
(column_types.py), formats of times and numbers, and when a column is ambiguous (ingestion/, used unchanged).
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

import duckdb

from orchestration.lib.ingestion.casting import cast_cells
from orchestration.lib.ingestion.cell_formats import CURRENCY_CODES
from orchestration.lib.ingestion.formats import FormatHints
from orchestration.lib.ingestion.header import match_labels
from orchestration.lib.onboarding.profile import Column, Table, values_of
from orchestration.lib.source_tables import Column as Declared
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import quoted

MONEY = "decimal(24, 6)"
TIMES = ("date", "timestamp")
MOSTLY = 0.5
# What a column of numbers is tried as when it is a candidate of a field.
TRIED = {"instant": "timestamp", "date": "timestamp", "money": MONEY, "number": "double"}


@dataclass(frozen=True)
class Reading:
    """The result of reading a column as a type: the share of invalid cells, and the earliest time if they are times."""

    unread_share: float
    example: str
    has_zones: bool
    earliest: date | None


@dataclass
class Reader:
    """The in-memory database, the formats that were answered, and which columns could be what (tried once each)."""

    connection: duckdb.DuckDBPyConnection
    hints: FormatHints
    _fitting: dict[tuple[str, str, str], bool] = field(default_factory=dict)

    def fits(self, table: Table, column: Column, kind: str) -> bool:
        """Whether most cells are values of the kind: a column of ids is not a date, a count not a name."""
        key = (table.name, column.name, kind)
        if key not in self._fitting:
            self._fitting[key] = self._fits(table, column, kind)
        return self._fitting[key]

    def are_currencies(self, table: Table, column: Column) -> bool:
        """Whether each cell is the code of a currency, whatever the column is called."""
        cells = values_of(self.connection, table, column.name)
        return bool(cells) and all(re.fullmatch(CURRENCY_CODES, cell) for cell in cells)

    def _fits(self, table: Table, column: Column, kind: str) -> bool:
        if kind == "text":
            return not column.is_number
        if kind not in TRIED:
            return True
        return read(self.connection, table, column, TRIED[kind], self.hints).unread_share <= MOSTLY


def read(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    column: Column,
    data_type: str,
    hints: FormatHints,
    is_strict: bool = False,
) -> Reading:
    """Read the distinct cells of a column as a type, by ingestion. Refused if `is_strict` and a format is ambiguous."""
    if not is_strict:
        hints = FormatHints(hints.date_order or "dmy", hints.decimal_mark or ".")
    name = quoted(column.name)
    connection.execute(
        f"""
        create or replace temp table parsed as
        select min(_line) as _line, {name} as c0, count(*) as cells
        from {table.relation}
        where {name} is not null
        group by {name}
        """
    )
    connection.execute(
        "create or replace temp table record_problems as select 1 as line, '' as problem, '' as reason where false"
    )
    declared = Declared(column.name, data_type, personal=column.is_personal)
    source = SourceTable("the system", table.name, ("*",), (), (declared,))
    cast_cells(connection, source, match_labels([column.name], source, ""), False, hints)
    has_times = data_type in TIMES
    holds_clock = "bool_or(contains(c0, ':'))" if data_type == "date" else "false"
    row = connection.execute(
        f"""
        select
            sum(cells) filter (where _fault is not null) / sum(cells),
            arg_min(c0, parsed._line) filter (where _fault is not null),
            bool_or(_time_zone is not null),
            {f"min(typed.{name})" if has_times else "null"},
            {holds_clock}
        from parsed
        inner join typed on parsed._line = typed._line
        """
    ).fetchall()[0]
    earliest = row[3].date() if isinstance(row[3], datetime) else row[3]
    return Reading(1.0 if row[4] else float(row[0] or 0), row[1] or "", bool(row[2]), earliest)


def order_in(connection: duckdb.DuckDBPyConnection, table: Table, column: Column) -> str | None:
    """Return the order of day and month that the cells prove, such as 31/01; None where they leave it open."""
    first, second = (
        f"try_cast(regexp_extract({quoted(column.name)}, '^([0-9]{{1,2}})[-/. ]([0-9]{{1,2}})[-/. ][0-9]', {group}) "
        "as integer)"
        for group in (1, 2)
    )
    day_first, month_first = connection.execute(
        f"select bool_or({first} > 12), bool_or({second} > 12) from {table.relation}"
    ).fetchall()[0]
    return None if bool(day_first) == bool(month_first) else "dmy" if day_first else "mdy"


def mark_in(connection: duckdb.DuckDBPyConnection, table: Table, column: Column) -> str | None:
    """Return the decimal mark that the cells prove: 1.234,50 or 12,5; None where they leave it open."""
    found = connection.execute(
        f"""
        select
            bool_or(regexp_matches({quoted(column.name)}, '[0-9],[0-9]{{3}}[.][0-9]|[0-9][.]([0-9]{{1,2}}|[0-9]{{4,}})([^0-9.,]|$)')),
            bool_or(regexp_matches({quoted(column.name)}, '[0-9][.][0-9]{{3}},[0-9]|[0-9],([0-9]{{1,2}}|[0-9]{{4,}})([^0-9.,]|$)'))
        from {table.relation}
        """  # noqa: E501
    ).fetchall()[0]
    return None if bool(found[0]) == bool(found[1]) else "." if found[0] else ","


def decimals_in(connection: duckdb.DuckDBPyConnection, table: Table, column: Column, mark: str) -> int:
    """Return the largest number of digits behind the decimal mark, zeros at the end included."""
    pattern = rf"[{mark}]([0-9]+)[^0-9.,]*$"
    query = f"select max(length(regexp_extract({quoted(column.name)}, '{pattern}', 1))) from {table.relation}"
    return int(connection.execute(query).fetchall()[0][0] or 0)
