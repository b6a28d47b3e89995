"""Records that two files have with different values, and what their own times tell about the order of the two.

Belongs here: comparing the rows of a raw table. Does not belong here: what follows from it (`arranging.py`).
"""

from dataclasses import dataclass

import duckdb

from orchestration.lib.ingestion import ledger
from orchestration.lib.ingestion.moments import moment_of, moments
from orchestration.lib.ingestion.order import Evidence
from orchestration.lib.ingestion.shown import shown_id
from orchestration.lib.source_tables import Column, SourceTable
from orchestration.lib.warehouse.sql import literal, numbered, quoted

# Of the records that another export has up to its own newest instant, a complete export has nearly all.
COMPLETE = 0.9


@dataclass(frozen=True)
class Clash:
    """Two files, in the order in which they were put, that have the same records with different values."""

    older: str
    newer: str
    rows: int
    later: int  # rows whose own times are later in the newer file
    earlier: int
    older_line: int
    newer_line: int
    record: str  # the first of them; personal values are hidden
    columns: str


def read_clashes(connection: duckdb.DuckDBPyConnection, table: SourceTable, order: list[str]) -> list[Clash]:
    """Return the clashes of files that are neighbours, in this order, in the rows of at least one record."""
    lacking = files_without(connection, table)
    compared = [column for column in table.columns if column.name not in table.key and not column.pattern]
    cells = [*(column.name for column in compared), *(c.name for c in moments(table) if c not in compared)]
    key = ", ".join(quoted(name) for name in table.key)
    own_key = key_of(table)
    differing = ", ".join(f"case when {_differs(c, lacking)} then {literal(c.name)} end" for c in compared)
    changed, happened = _votes(table, lacking, "changed"), _votes(table, lacking, "")
    shown = " || ', ' || ".join(
        literal(f"{c.name} ***")
        if c.personal or c.stand_in
        else f"{literal(f'{c.name} ')} || coalesce({shown_id(table, f'{quoted(c.name)}::varchar')}, '')"
        for c in table.columns
        if c.name in table.key
    )
    found = connection.execute(
        f"""
        with
            ranks(file, place) as ({numbered(order)}),
            records as (
                select
                    {own_key}, _file, _line, place,
                    {{{"".join(f"'{name}': {quoted(name)}, " for name in cells)}'_zone': _time_zone}} as cells
                from raw.{quoted(table.raw_table)}
                inner join ranks on _file = file
            ),
            paired as (
                select
                    *,
                    lag(_file) over same_key as before_file,
                    lag(_line) over same_key as before_line,
                    lag(cells) over same_key as before
                from records
                where {" or ".join(f"{quoted(name)} is not null" for name in table.key)}
                window same_key as (partition by {key} order by place, _line)
            ),
            compared as (
                select *, list_filter([{differing or "null"}], lambda name: name is not null) as names
                from paired
                where before_file is not null and before_file <> _file and cells is distinct from before
            ),
            voted as (
                select *, coalesce({changed}, {happened}, 0) as vote, {shown} as record
                from compared
                where len(names) > 0
            )
        select
            before_file, _file, count(*), count(*) filter (vote > 0), count(*) filter (vote < 0),
            min(before_line), arg_min(_line, before_line), arg_min(record, before_line),
            array_to_string(arg_min(names, before_line)[:3], ', ')
        from voted
        group by before_file, _file
        order by before_file, _file
        """
    ).fetchall()
    return [Clash(*row) for row in found]


def is_complete(connection: duckdb.DuckDBPyConnection, table: SourceTable, older: Evidence, newer: Evidence) -> bool:
    """Return whether `older` has nearly all records that `newer` has up to the newest instant of `older`."""
    written = _written(table, {*older.changed, *older.happened} & {*newer.changed, *newer.happened})
    newest = older.newest
    if not written or newest is None:
        return False
    own_key = key_of(table)
    same = " and ".join(f"mine.{quoted(name)} is not distinct from its.{quoted(name)}" for name in table.key)
    known, kept = connection.execute(
        f"""
        select count(*), count(*) filter (exists (
            select 1 from (select {own_key} from raw.{quoted(table.raw_table)} where _file = ?) as mine where {same}
        ))
        from (select * replace ({own_key}) from raw.{quoted(table.raw_table)} where _file = ?) as its
        where {written} <= ?
        """,
        [older.file, newer.file, newest],
    ).fetchall()[0]
    return bool(known) and kept >= COMPLETE * known


def _differs(column: Column, lacking: dict[str, list[str]]) -> str:
    name = quoted(column.name)
    tests = [f"cells.{name} is distinct from before.{name}", *_both_have(column, lacking)]
    if column.data_type.lower().startswith("timestamp"):
        tests.append("cells._zone is not distinct from before._zone")
    return " and ".join(tests)


def _both_have(column: Column, lacking: dict[str, list[str]]) -> list[str]:
    files = ", ".join(map(literal, lacking.get(column.name, ())))
    return [f"_file not in ({files}) and before_file not in ({files})"] if files else []


def _votes(table: SourceTable, lacking: dict[str, list[str]], kind: str) -> str:
    """The sign of the difference of the newest times of one kind in the two rows, null without any."""
    mine: list[str] = []
    its: list[str] = []
    for column in moments(table):
        if column.moment == kind:
            conditions = [*_both_have(column, lacking), "cells._zone is not distinct from before._zone"]
            for own, alias in ((mine, "before"), (its, "cells")):
                own.append(f"case when {' and '.join(conditions)} then {moment_of(column, alias)} end")
    if not mine:
        return "null"
    apart = f"epoch(greatest({', '.join(its)})) - epoch(greatest({', '.join(mine)}))"
    return f"nullif(sign({apart}), 0)"


def _written(table: SourceTable, names: set[str]) -> str:
    found = [moment_of(column, "its") for column in moments(table) if column.name in names]
    return f"greatest({', '.join(found)})" if found else ""


def key_of(table: SourceTable) -> str:
    """Return the columns of the key; where a file lacks one, with what identifies its rows instead."""
    stand_ins = {column.name: column.stand_in for column in table.stood_in}
    return ", ".join(
        f"coalesce({quoted(name)}, lower({quoted(stand_ins[name])})) as {quoted(name)}"
        if name in stand_ins
        else f"{quoted(name)} as {quoted(name)}"
        for name in table.key
    )


def files_without(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> dict[str, list[str]]:
    """Return the files that do not have a column, by column."""
    found: dict[str, list[str]] = {}
    for file, load in sorted(ledger.loads_in_force(connection, table).items()):
        for column in load.missing_columns:
            found.setdefault(column, []).append(file)
    return found
