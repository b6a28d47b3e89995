"""From text cells to the declared types: which rows load, and which are set apart because of a value.

Belongs here: when a text is a value of a type, and the expressions that say so. Does not belong here:
structure of records (`readers.py`), the ledger, or what values the business accepts (the arrival checks).
"""

import duckdb

from orchestration.lib.ingestion.header import Header
from orchestration.lib.ingestion.sql import literal, quoted
from orchestration.lib.sources import Column, SourceTable

NO_FAULT = "cast(null as struct(column_name varchar, problem varchar, reason varchar))"


def cast_cells(connection: duckdb.DuckDBPyConnection, table: SourceTable, header: Header) -> None:
    """Make the temporary tables `typed` from `parsed`, and `problems` of all rows that are set apart.

    `typed` has the declared columns in their types, `_extra`, `_line`, and `_fault`: null for a row that
    loads, else the first value that is missing or not of its type (a struct of column_name, problem, reason).
    `problems` has line, column_name, problem (the kind), reason (with the value): one row a record.
    """
    cells, values, names, faults = [], [], [], []
    for number, column in enumerate(table.columns):
        cells.append(f"{_cell(column, header)} as cell_{number}")
        values.append(f"try_cast(cell_{number} as {column.data_type}) as value_{number}")
        names.append(f"value_{number} as {quoted(column.name)}")
        if column.name in header.places:
            faults += _faults(column, f"cell_{number}", f"value_{number}")
    fault = f"case {' '.join(faults)} end" if faults else NO_FAULT
    # Made whole, here and elsewhere: in one transaction, DuckDB 1.5.5 loses an insert of more than 122,880 rows
    # that follows an insert of none into the same table, without a word.
    connection.execute(
        f"""
        create or replace temp table typed as
        with
            cells as (select _line, {_extra(header)} as _extra, {", ".join(cells)} from parsed),
            cast_cells as (select *, {", ".join(values)} from cells),
            judged as (select *, {fault} as _fault from cast_cells)
        select {", ".join(names)}, _extra, _line, _fault
        from judged
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


def _cell(column: Column, header: Header) -> str:
    """Return the column's cell, null when the file has none; blanks around a value matter in text only."""
    if column.name not in header.places:
        return "cast(null as varchar)"
    cell = f"c{header.places[column.name]}"
    return cell if _kind(column) == "VARCHAR" else f"nullif(trim({cell}), '')"


def _extra(header: Header) -> str:
    """Return the JSON text of the undeclared cells that hold something, null when none does."""
    places = [header.labels.index(label) for label in header.undeclared]
    if not places:
        return "cast(null as varchar)"
    pairs = ", ".join(f"{literal(header.labels[place])}, c{place}" for place in places)
    # A merge patch leaves the empty cells out.
    return f"nullif(cast(json_merge_patch('{{}}', json_object({pairs})) as varchar), '{{}}')"


def _kind(column: Column) -> str:
    return str(duckdb.sqltype(column.data_type))


def _faults(column: Column, cell: str, value: str) -> list[str]:
    """Return the `when ... then` branches of one column."""
    branches = []
    if column.required:
        says = literal(f"column {column.name} is required and empty")
        branches.append(_branch(f"{cell} is null", column, "required value missing", says))
    if _kind(column) != "VARCHAR":
        article = "an" if column.data_type[0].lower() in "aeiou" else "a"
        problem = f"not {article} {column.data_type}"
        shown = "***" if column.personal else f"' || left({cell}, 80) || '"
        says = f"{literal(f'column {column.name}: ')} || '''{shown}''' || {literal(f' is {problem}')}"
        branches.append(_branch(f"{cell} is not null and {_is_bad(column, cell, value)}", column, problem, says))
    return branches


def _branch(condition: str, column: Column, problem: str, reason: str) -> str:
    fault = f"{{'column_name': {literal(column.name)}, 'problem': {literal(problem)}, 'reason': {reason}}}"
    return f"when {condition} then {fault}"


def _is_bad(column: Column, cell: str, value: str) -> str:
    """Return the condition that a cell is no value of the type; stricter than try_cast where it guesses."""
    kind = _kind(column)
    tests = [f"{value} is null"]
    if "INT" in kind:  # Or 1.5 would load as 2, and 1.2E+10 as what a spreadsheet left of an id.
        tests.append(rf"not regexp_full_match({cell}, '[+-]?[0-9]+(\.0*)?')")
    if kind in ("DOUBLE", "FLOAT", "DATE") or kind.startswith("TIMESTAMP"):
        tests.append(f"not isfinite({value})")
    if kind == "DATE" or kind.startswith("TIMESTAMP"):  # Or 24/01/05 would load as the year 24.
        tests.append(f"{value} < '1000-01-01'")
    if kind.startswith("TIMESTAMP") and "ZONE" not in kind:  # Or a zone in the text would be dropped.
        tests.append(f"regexp_matches(substr({cell}, 12), '[zZcC+-]')")
    return f"({' or '.join(tests)})"
