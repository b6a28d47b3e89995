"""The type of each column: what ingestion itself reads from its cells, and what only the company can decide.

Belongs here: trying types on the distinct cells of a column. Does not belong here: formats of times and numbers, and
when a column is ambiguous (ingestion/, whose answer is used unchanged).
"""

from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from orchestration.lib.ingestion.casting import cast_cells
from orchestration.lib.ingestion.detection import Refused
from orchestration.lib.ingestion.formats import FormatHints
from orchestration.lib.ingestion.header import match_labels
from orchestration.lib.onboarding.fields import FIELDS
from orchestration.lib.onboarding.links import is_id
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.profile import Column, Table
from orchestration.lib.onboarding.questions import Answers, OnboardingError, Question
from orchestration.lib.source_tables import Column as Declared
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import quoted

MONEY = "decimal(18, 2)"
FITTING = {
    "instant": ("date", "timestamp"),
    "date": ("date", "timestamp"),
    "money": (MONEY,),
    "number": ("bigint", "double"),
}
FREE = ("boolean", "bigint", "date", "timestamp", MONEY, "double")
TIMES = ("date", "timestamp")
MOST_UNREAD = 0.01
ORDERS = {"date_order": ("dmy", "mdy"), "decimal_mark": (".", ",")}


@dataclass(frozen=True)
class Reading:
    """The result of reading a column as a type: the share of invalid cells, and the earliest time if they are times."""

    unread_share: float
    example: str
    has_zones: bool
    earliest: date | None


def find_types(connection: duckdb.DuckDBPyConnection, matches: list[Match], answers: Answers) -> "Times":
    """Set the type of every column of the tables, and return what is known of their times.

    OnboardingError for a column that a field of time or money needs and that contains other values.
    """
    hints = FormatHints(answers.volunteered("date_order"), answers.volunteered("decimal_mark"))
    for key, options in ORDERS.items():
        if answers.volunteered(key) and answers.volunteered(key) not in options:
            raise OnboardingError(f"--answer {key}={answers.volunteered(key)}: answer with {' or '.join(options)}")
    times = Times()
    for match in matches:
        kinds = {column: FIELDS[match.entity][name].kind for name, column in match.fields.items()}
        texts = {column for columns in match.references.values() for column in columns}
        for column in match.table.columns:
            kind = kinds.get(column.name)
            if kind in FITTING:
                _must_fit(connection, match, column, FITTING[kind], hints, answers, times)
            elif kind is None and column.name not in texts and not column.is_personal and not is_id(column):
                column.data_type = _first_fit(connection, match.table, column, hints)
    return times


@dataclass
class Times:
    """Whether some times have no zone, and the earliest one of a lead."""

    without_zone: bool = False
    first_lead: date | None = None


def _must_fit(
    connection: duckdb.DuckDBPyConnection,
    match: Match,
    column: Column,
    types: tuple[str, ...],
    hints: FormatHints,
    answers: Answers,
    times: Times,
) -> None:
    """Set the type of a column that a field needs."""
    for data_type in types:
        reading = _read(connection, match.table, column, data_type, hints)
        if reading.unread_share <= MOST_UNREAD and not (
            data_type == "bigint" and _has_fractions(connection, match, column)
        ):
            break
    else:
        shown = "" if column.is_personal else f", such as '{reading.example}'"
        raise OnboardingError(
            f"{match.table.files[0].name}, column {column.label}: {reading.unread_share:.0%} of its values are "
            f"not of type {types[-1]}{shown}; correct the export, or name another column: "
            f"--answer {match.table.name}.<field>=<column>"
        )
    column.data_type = data_type
    try:
        _read(connection, match.table, column, data_type, hints, is_strict=True)
    except Refused as refusal:
        key = "date_order" if data_type in TIMES else "decimal_mark"
        if not any(question.key == key for question in answers.open_questions):
            what = "Day first or month first?" if key == "date_order" else "Which is the decimal mark?"
            text = f"{match.table.files[0].name}: {str(refusal).split('; set')[0]}. {what}"
            answers.ask(Question(key, text, ORDERS[key]))
    times.without_zone = times.without_zone or (data_type == "timestamp" and not reading.has_zones)
    if match.entity == "persons" and match.fields.get("created_at") == column.name and reading.earliest:
        times.first_lead = min(times.first_lead or reading.earliest, reading.earliest)


def _first_fit(connection: duckdb.DuckDBPyConnection, table: Table, column: Column, hints: FormatHints) -> str:
    """Return the first type that fits all cells of a column that nothing depends on, varchar if none does."""
    if not column.filled or _keeps_its_digits(connection, table, column):
        return "varchar"
    for data_type in (MONEY,) if _has_signs(connection, table, column) else FREE:
        try:
            reading = _read(connection, table, column, data_type, hints, is_strict=True)
        except Refused:
            return "varchar"
        if reading.unread_share == 0 and not (data_type == "boolean" and column.distinct > 2):
            return data_type
    return "varchar"


def _read(
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
