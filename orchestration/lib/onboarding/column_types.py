"""The type of each column: what ingestion itself reads from its cells, and what only the company can decide.

Belongs here: which type a column gets, and the formats that its cells prove. Does not belong here: trying a type
(reading.py), formats of times and numbers (ingestion/).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import duckdb

from orchestration.lib.ingestion.formats import FormatHints
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.onboarding.fields import FIELDS
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.profile import Column, Table
from orchestration.lib.onboarding.questions import Answers, OnboardingError, Question
from orchestration.lib.onboarding.reading import (
    MONEY,
    TIMES,
    Reader,
    decimals_in,
    mark_in,
    order_in,
    read,
)
from orchestration.lib.onboarding.texts import is_id_label
from orchestration.lib.warehouse.sql import quoted

FITTING = {
    "instant": ("date", "timestamp"),
    "date": ("date", "timestamp"),
    "money": (MONEY,),
    "number": ("bigint", "double"),
}
FREE = ("boolean", "bigint", "date", "timestamp", MONEY, "double")
BEGINNINGS = ("created_at", "touched_at", "happened_at", "revenue_at", "spend_date")
MOST_UNREAD = 0.01
MOST_DECIMALS = 10
ORDERS = {"date_order": ("dmy", "mdy"), "decimal_mark": (".", ",")}


@dataclass
class Times:
    """Whether some times have no zone, the earliest one (and that of a lead), and the formats that columns prove.

    `zoned` are the raw tables whose times contain their zone.
    """

    without_zone: bool = False
    first: date | None = None
    first_lead: date | None = None
    proven: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in ORDERS})
    zoned: set[str] = field(default_factory=set)

    def learned(self, name: str) -> str:
        """Return the format that all columns with evidence prove, empty if there is none or they disagree."""
        return next(iter(self.proven[name])) if len(self.proven[name]) == 1 else ""


def read_hints(answers: Answers) -> FormatHints:
    """Return the formats that were answered. OnboardingError for an answer that is not one."""
    for key, options in ORDERS.items():
        if answers.volunteered(key) and answers.volunteered(key) not in options:
            raise OnboardingError(f"--answer {key}={answers.volunteered(key)}: answer with {' or '.join(options)}")
    return FormatHints(answers.volunteered("date_order"), answers.volunteered("decimal_mark"))


def find_types(reader: Reader, matches: list[Match], answers: Answers) -> Times:
    """Set the type of every column of the tables, and return what is known of their times and formats.

    OnboardingError for a column that a field of time or money needs and that contains other values.
    """
    times = Times()
    settled: set[tuple[str, str]] = set()
    for match in matches:
        settled |= {(match.table.raw, name) for name in _texts(match)}
        for name, column_name in match.fields.items():
            kind = FIELDS[match.entity][name].kind
            column = match.table.column(column_name)
            if kind in FITTING and not match.is_derived:
                _must_fit(reader, match, column, FITTING[kind], answers, times)
                settled.add((match.table.raw, column_name))
    _share_types(matches)
    for match in matches:
        for column in match.table.columns if not (match.whole or match.is_derived) else ():
            is_free = (match.table.raw, column.name) not in settled and not column.is_personal
            if is_free and not is_id_label(column.label):
                column.data_type = _first_fit(reader.connection, match.table, column, reader.hints)
    _share_types(matches, back=True)
    return times


def _texts(match: Match) -> Iterable[str]:
    """The columns that must stay texts: references, the key of other tables, labels, and those of a condition."""
    kinds = {column: FIELDS[match.entity][name].kind for name, column in match.fields.items()}
    yield from (column for columns in match.references.values() for column in columns)
    yield from (name for name, kind in kinds.items() if kind not in FITTING)
    yield from match.table.texts
    yield from (sign.column for sign in match.signs if sign.column not in match.fields.values())


def _share_types(matches: list[Match], back: bool = False) -> None:
    """Give a table the types that its part needs; `back`: give the part all types of its table."""
    for match in matches:
        for column in match.table.columns if match.whole else ():
            other = match.whole.table.column(column.name)  # type: ignore[union-attr]
            if back:
                column.data_type = other.data_type
            else:
                other.data_type = column.data_type if column.data_type != "varchar" else other.data_type
            other.is_personal = column.is_personal = other.is_personal or column.is_personal


def _must_fit(
    reader: Reader, match: Match, column: Column, types: tuple[str, ...], answers: Answers, times: Times
) -> None:
    """Set the type of a column that a field needs."""
    connection, hints = reader.connection, reader.hints
    if not column.filled:  # Its first values come with a later export; a day is a time as well.
        column.data_type = types[-1]
        return
    for data_type in types:
        reading = read(connection, match.table, column, data_type, hints)
        if reading.unread_share <= MOST_UNREAD and not (
            data_type == "bigint" and _has_fractions(connection, match, column)
        ):
            break
    else:
        shown = "" if column.is_personal else f", such as '{reading.example}'"
        raise OnboardingError(
            f"{match.file}, column {column.label}: {reading.unread_share:.0%} of its values are "
            f"not of type {types[-1]}{shown}; correct the export, or name another column: "
            f"--answer {match.table.name}.<field>=<column>"
        )
    is_time = data_type in TIMES
    key = "date_order" if is_time else "decimal_mark"
    try:
        read(connection, match.table, column, data_type, hints, is_strict=True)
    except Refused as refusal:
        if not any(question.key == key for question in answers.open_questions):
            what = "Day first or month first?" if is_time else "Which is the decimal mark?"
            answers.ask(Question(key, f"{match.file}: {str(refusal).split('; set')[0]}. {what}", ORDERS[key]))
    proven = order_in(connection, match.table, column) if is_time else mark_in(connection, match.table, column)
    times.proven[key] |= {proven} - {None}  # type: ignore[arg-type]
    column.data_type = data_type
    if data_type == MONEY:
        mark = proven or hints.decimal_mark or "."
        column.data_type = _with_decimals(decimals_in(connection, match.table, column, mark))
    if is_time:
        times.without_zone = times.without_zone or (data_type == "timestamp" and not reading.has_zones)
        times.zoned |= {match.table.raw} if reading.has_zones else set()
        if reading.earliest and column.name in (match.fields.get(name) for name in BEGINNINGS):
            times.first = min(times.first or reading.earliest, reading.earliest)
            if match.entity == "persons":
                times.first_lead = min(times.first_lead or reading.earliest, reading.earliest)


def _with_decimals(decimals: int) -> str:
    """Return the type of an amount that keeps its decimals as they came."""
    return f"decimal(28, {min(decimals, MOST_DECIMALS)})" if decimals > 6 else MONEY


def _first_fit(connection: duckdb.DuckDBPyConnection, table: Table, column: Column, hints: FormatHints) -> str:
    """Return the first type that fits all cells of a column that nothing depends on, varchar if none does."""
    # Of some rows of a file nothing is known of the cells of the others.
    if not column.filled or table.is_narrowed or _keeps_its_digits(connection, table, column):
        return "varchar"
    for data_type in (MONEY,) if _has_signs(connection, table, column) else FREE:
        try:
            reading = read(connection, table, column, data_type, hints, is_strict=True)
        except Refused:
            return "varchar"
        is_cut = data_type == MONEY and decimals_in(connection, table, column, hints.decimal_mark or ".") > 6
        if (
            reading.unread_share == 0
            and not is_cut
            and not (
                # A column of the number 1 can have a 2 later.
                data_type == "boolean" and (column.distinct > 2 or column.is_number)
            )
        ):
            return data_type
    return "varchar"


def _has_fractions(connection: duckdb.DuckDBPyConnection, match: Match, column: Column) -> bool:
    query = f"select bool_or(regexp_matches({quoted(column.name)}, '[.,][0-9]*[1-9]')) from {match.table.relation}"
    return bool(connection.execute(query).fetchall()[0][0])


def _has_signs(connection: duckdb.DuckDBPyConnection, table: Table, column: Column) -> bool:
    query = f"select bool_or(regexp_matches({quoted(column.name)}, '\\p{{Sc}}|[0-9][kKmM]$')) from {table.relation}"
    return bool(connection.execute(query).fetchall()[0][0])


def _keeps_its_digits(connection: duckdb.DuckDBPyConnection, table: Table, column: Column) -> bool:
    """Return whether a number type would lose digits: a leading zero, or more digits than the type has."""
    query = f"select bool_or(regexp_matches({quoted(column.name)}, '^0[0-9]|[0-9]{{16}}')) from {table.relation}"
    return bool(connection.execute(query).fetchall()[0][0])
