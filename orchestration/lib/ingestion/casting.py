"""From text cells to the declared types: which rows load, and which are rejected because of a value.

Belongs here: when a text is a value of a type, and the reason when it is not. Does not belong here: the formats of
times and numbers (`cell_formats.py`) and which one a column has (`formats.py`), structure of records (`readers.py`), or
what values the business accepts (the arrival checks).
"""

import duckdb

from orchestration.lib.ingestion import cell_formats, currencies, identifiers, values
from orchestration.lib.ingestion.fields import Field, cells_of, fields_of
from orchestration.lib.ingestion.formats import FormatHints, column_formats
from orchestration.lib.ingestion.header import Header
from orchestration.lib.ingestion.shown import MOST, shape_of, shown_cell
from orchestration.lib.ingestion.values import Cast
from orchestration.lib.language import ENGLISH, speaking
from orchestration.lib.source_tables import Column, SourceTable
from orchestration.lib.time_zones import zone_fault
from orchestration.lib.warehouse.sql import literal, quoted

# Of the reason for a zone, whose name is cut off where it makes the reason longer.
LONGEST = 200
NO_FAULT = "cast(null as struct(column_name varchar, problem varchar, reason varchar))"


def cast_cells(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, header: Header, is_utc: bool, hints: FormatHints
) -> None:
    """Create the temporary tables `typed` from `parsed`, and `problems` of all rejected rows.

    `typed` has the declared columns in their types, `_extra`, `_time_zone` ('UTC' when the file's times are in UTC
    according to `is_utc` or its cells), `_line`, and `_fault`: null for a row that loads, else the first value that is
    missing or not of its type (a struct of column_name, problem, reason). `problems` has line, column_name, problem
    (the kind), reason (with the value): one row per record. Raises Refused where hints and values leave an order open.
    """
    fields = fields_of(table, header)
    cells = cells_of(table, header, fields)
    formats = column_formats(connection, cells, fields, hints, table.system)
    has_zones = any(formats[field.number].instants and field.kind.startswith("TIMESTAMP") for field in fields)
    casts = [Cast(field, formats[field.number], has_zones and not is_utc) for field in fields]
    direct = "".join(f", {column}" for cast in casts for column in values.direct(cast))
    parts = "".join(f", {column}" for cast in casts for column in values.part(cast))
    last = "".join(f", {values.value(cast)}" for cast in casts)
    faults = [branch for cast in casts for branch in _faults(cast)]
    faults += _currency_faults(casts, hints) + _period_faults(table, casts)
    faults += [branch for field in fields if field.column.zone for branch in _zone_faults(connection, cells, field)]
    fault = f"case {' '.join(faults)} end" if faults else NO_FAULT
    columns = ", ".join(f"{_column(column, casts)} as {quoted(column.name)}" for column in table.columns)
    time_zone = "'UTC'" if has_zones or is_utc else "cast(null as varchar)"
    # Created as a whole, here and elsewhere: in one transaction, DuckDB 1.5.5 silently loses an insert of more than
    # 122,880 rows that follows an insert of no rows into the same table.
    connection.execute(
        f"""
        create or replace temp table typed as
        with
            cells as ({cells}),
            direct as (select *{direct} from cells),
            parts as (select *{parts} from direct),
            cast_cells as (select *{last} from parts),
            checked as (select *, {fault} as _fault from cast_cells)
        select {columns}, _extra, {time_zone} as _time_zone, _line, _fault
        from checked
        """
    )
    connection.execute(
        """
        create or replace temp table problems as
        select line, cast(null as varchar) as column_name, problem, reason
        from record_problems
        union all
        select _line, _fault.column_name, _fault.problem, _fault.reason
        from typed
        where _fault is not null
        """
    )


def _column(column: Column, casts: list[Cast]) -> str:
    """The declared column: the value of its field, or the map of the values of its fields."""
    own = [cast for cast in casts if cast.field.column == column]
    if not own:
        value = f"cast(null as {column.data_type})"
    elif column.pattern:
        entries = (f"{{'k': {literal(str(cast.field.entry))}, 'v': {values.loaded(cast)}}}" for cast in own)
        value = f"map_from_entries(list_filter([{', '.join(entries)}], lambda entry: entry.v is not null))"
    else:
        value = values.loaded(own[0])
    if column.currency_of:
        sums = [cast for cast in casts if cast.field.column.name == column.currency_of and cast.column_format.is_shaped]
        marks = (currencies.code_of(cell_formats.currency_of(cast.part)) for cast in sums)
        value = f"coalesce({', '.join([currencies.stated_in(value), *marks])})"
    return value


def _currency_faults(casts: list[Cast], hints: FormatHints) -> list[str]:
    """Return the branches of rows with two currencies: one in the cell of an amount, another stated beside it.

    Beside it is the row's column of currencies. Where that has none, reference/systems.csv gives a sign of several
    currencies its meaning, if it can have it.
    """
    amounts = [each for each in casts if each.field.kind.startswith("DECIMAL") and each.column_format.is_shaped]
    stated = [each.field for each in casts if currencies.is_of_currencies(each.field.column)]
    branches = []
    for amount in amounts:
        mark = f"({amount.part}.before || {amount.part}.after)"
        for field in stated:
            remedy = "; correct the one that is wrong, or export amounts without a sign"
            where, code = f"column {field.column.name}", f"upper({currencies.stated_in(field.cell)})"
            branches.append(_currency_fault(amount, mark, currencies.differs(code, mark), where, code, remedy))
        if hints.currency:
            own = [f"{field.cell} is null" for field in stated]
            code, remedy = literal(hints.currency), "; correct it there, or export the column of the currency"
            is_bad = " and ".join([*own, currencies.is_shared(mark), currencies.differs(code, mark)])
            branches.append(_currency_fault(amount, mark, is_bad, "reference/systems.csv", code, remedy))
    return branches


def _currency_fault(amount: Cast, mark: str, is_bad: str, where: str, code: str, remedy: str) -> str:
    found = literal(f"{amount.field.description}: ")
    reason = f"{found} || {mark} || {literal(f', but {where}: ')} || {code} || {literal(remedy)}"
    return _branch(is_bad, amount.field.column, "two currencies", reason)


def _period_faults(table: SourceTable, casts: list[Cast]) -> list[str]:
    """Return the branch of rows that are of more than a day: what is spent is of one, and counts beside its days."""
    by_name = {cast.field.column.name: cast for cast in casts}
    if not table.spend or not {"day", "last_day"} <= by_name.keys():
        return []
    day, last = by_name["day"], by_name["last_day"]
    shown = [shown_cell(each.field.column, each.field.has_persons, each.field.cell) for each in (last, day)]
    remedy = "; the row is of more than one day: export the report with one row per day"
    reason = f"{literal(f'{last.field.description}: ')} || {shown[0]} || ' is after the day ' || {shown[1]} || "
    is_longer = f"{last.value} > {day.value}"
    return [_branch(is_longer, last.field.column, "more than one day", reason + literal(remedy))]


def _faults(cast: Cast) -> list[str]:
    """Return the `when ... then` branches of one field."""
    field, column = cast.field, cast.field.column
    branches = []
    if column.required and not column.pattern:  # The file must have an entry of a map, but a row need not.
        reason = literal(f"{field.description} is required and empty")
        branches.append(_branch(f"{field.cell} is null", column, "required value missing", reason))
    if cast.column_format.has_spreadsheet_errors:  # A branch for each of hundreds of columns takes gigabytes.
        advice = literal(" is an error of the spreadsheet; correct the formula or write the value, and save again")
        reason = f"{literal(f'{field.description}: ')} || {field.cell} || {advice}"
        is_error = cell_formats.is_spreadsheet_error(field.cell)
        branches.append(_branch(is_error, column, "error of a spreadsheet", reason))
    cell = f"{literal(f'{field.description}: ')} || {shown_cell(column, field.has_persons, field.cell)}"
    if field.family == "text":
        for problem, (condition, what) in identifiers.problems(field.cell, cast.column_format.ids).items():
            reason = f"{cell} || {literal(f' is {what}, so digits are lost; {identifiers.REMEDY}')}"
            branches.append(_branch(condition, column, problem, reason))
        return branches
    if cast.has_zones and cast.is_wall_clock:
        is_instant = cell_formats.is_instant(cell_formats.plain(field.cell))
        bare = f"not {cell_formats.is_iso(field.cell)} and contains({field.cell}, ':') and not {is_instant}"
        reason = f"{cell} || ' has no time zone, but other times of the file have one'"
        branches.append(_branch(bare, column, "time without a zone", reason))
    kind = column.value_type.lower() if column.pattern else column.data_type
    problem = f"not {'an' if kind[0].lower() in 'aeiou' else 'a'} {kind}"
    if field.family == "integer" and kind[0].lower() == "u":
        problem = "not a whole number from 0 on"
    reason = f"{cell} || {literal(f' is {problem}')}{_hint(cast)}"
    is_bad = f"{field.cell} is not null and {_is_bad(cast)}"
    branches.append(_branch(is_bad, column, problem, reason))
    return branches


def _zone_faults(connection: duckdb.DuckDBPyConnection, cells: str, field: Field) -> list[str]:
    """Return the branches of the time zones that are not accepted."""
    found = connection.execute(f"select distinct {field.cell} from ({cells}) where {field.cell} is not null").fetchall()
    return [
        _branch(
            f"{field.cell} = {literal(zone)}",
            field.column,
            "not a time zone",
            literal(f"{field.description}: {_without_persons(field, zone, fault)}"),
        )
        for (zone,) in found
        if (fault := _english_fault(zone))
    ]


def _english_fault(zone: str) -> str | None:
    with speaking(ENGLISH):  # as every reason is kept
        fault = zone_fault(zone)
        return zone_fault(zone[:MOST]) if fault and len(fault) > LONGEST else fault


def _without_persons(field: Field, zone: str, fault: str) -> str:
    """Return the sentence about a zone; of a text that is not a zone, its shape where the table has persons."""
    is_hidden = field.has_persons and "is not a time zone" in fault
    return f"'{shape_of(zone)}' is not a time zone" if is_hidden else fault


def _hint(cast: Cast) -> str:
    """Return the SQL of a hint that follows the reason for an invalid time."""
    if cast.field.family != "time" or not cast.column_format.is_shaped:
        return ""
    cell = cell_formats.plain(cast.field.cell)
    return f"""
        || case
            when {cell_formats.matches(cell, cell_formats.OTHER_DIGITS)} then '; write its digits as 0 to 9'
            when {cell_formats.matches(cell, cell_formats.LONG_YEAR)} then '; its year has more than four digits'
            when {cell_formats.matches(cell, cell_formats.SHORT_YEAR)} then '; its year has two digits, export four'
            when {cell_formats.matches(cell, cell_formats.OTHER_ORDER[cast.column_format.date_order])}
            then ', since the order of the column is {cast.column_format.date_order}'
            when {cell_formats.matches(cell, cell_formats.SERIAL_DAY)}
            then '; it is a number of days, as Excel keeps dates: format the column as a date there and export again'
            when {cell_formats.matches(cell, cell_formats.ZONE_LETTERS)}
            then '; letters of a zone have several meanings: export an offset such as -05:00, or local times'
            when {cell_formats.is_odd_zone(cell)} and {cell_formats.matches(cell, cell_formats.OFFSET)}
            then '; an offset is written as +01:00, and is 14 hours at most'
            else ''
        end
    """


def _branch(condition: str, column: Column, problem: str, reason: str) -> str:
    fault = f"{{'column_name': {literal(column.name)}, 'problem': {literal(problem)}, 'reason': {reason}}}"
    return f"when {condition} then {fault}"


def _is_bad(cast: Cast) -> str:
    """Return the condition that a cell has no value of the type, or an implausible one."""
    field, value = cast.field, cast.value
    tests = [f"{value} is null"]
    if field.family == "time" or field.kind in ("DOUBLE", "FLOAT"):
        tests.append(f"not isfinite({value})")
    if field.family == "time":  # Otherwise 24/01/05 would load as the year 24.
        tests.append(f"{value} < '1000-01-01' or {value} >= '10000-01-01'")
    return f"({' or '.join(tests)})"
