"""Records of an earlier full export that no later export has: raw.ingestion__vanished_records.

Belongs here: which records these are. Does not belong here: whether they count as deleted (reference/systems.csv, read
by the macro `latest_rows`), the order of exports (`order.py`).
"""

from collections.abc import Callable

import duckdb

from orchestration.lib.ingestion.clashes import files_without
from orchestration.lib.language import gettext
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal, numbered, quoted

# A later export is as full as an earlier one if it has half of its records or more, and lacks a fifth or three at most.
KEPT, LACKING, FEW = 0.5, 0.2, 3


def note_vanished(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, order: list[str], is_later: Callable[[str, str], bool]
) -> list[str]:
    """Write the table's vanished records; return a sentence about each export that has some.

    `is_later(older, newer)` is whether something tells that the second file is newer: two files of one order may stand
    in it by their names alone.
    """
    connection.execute(
        "delete from raw.ingestion__vanished_records where system = ? and table_name = ?", [table.system, table.name]
    )
    personal = {column.name for column in table.columns if column.personal}
    if not table.key or len(order) < 2:
        return []
    key = f"concat_ws(':', {', '.join(f'cast({quoted(name)} as varchar)' for name in table.key)})"
    # An e-mail in the place of an id is in no table of what has vanished.
    known = "".join(f"where {quoted(column.name)} is not null" for column in table.stood_in)
    connection.execute(
        f"""
        create or replace temp table file_records as
        with
            ranks(file, place) as ({numbered(order)}),
            records as (
                select distinct {key} as record_id, place
                from raw.{quoted(table.raw_table)}
                inner join ranks on _file = file
                {known}
            )
        select *, max(place) over (partition by record_id) as last_place
        from records
        """
    )
    query = (
        "select place, count(*), count(*) filter (last_place = place) from file_records group by place order by place"
    )
    counts = {place: (records, last) for place, records, last in connection.execute(query).fetchall()}
    lacking = files_without(connection, table)
    missing = {place: {name for name, files in lacking.items() if file in files} for place, file in enumerate(order)}
    pairs = []
    for place, (records, last) in counts.items():
        later = [
            other
            for other, (others, _) in counts.items()
            if other > place and others >= KEPT * records and missing[other] <= missing[place]
            if is_later(order[place], order[other])
        ]
        if last and later:
            pairs.append(f"({place}, {max(later)}, {records}, {literal(order[place])}, {literal(order[max(later)])})")
    return _write(connection, table, ", ".join(pairs), bool(personal & set(table.key))) if pairs else []


def _write(connection: duckdb.DuckDBPyConnection, table: SourceTable, pairs: str, is_hidden: bool) -> list[str]:
    # A hash that nobody can undo without the warehouse: ids of loads are not published.
    own_load = (
        "(select load_id from raw.ingestion__loads where system = ? and table_name = ? and file = pairs.file "
        "and status = 'loaded')"
    )
    hashed = f"left(sha256(concat_ws(':', {own_load}, file_records.record_id)), 16)"
    rows = connection.execute(
        f"""
        insert into raw.ingestion__vanished_records
        with
            pairs(place, later_place, records, file, later_file) as (values {pairs}),
            kept as (
                select pairs.place, count(*) as kept
                from pairs
                inner join file_records as mine on mine.place = pairs.place
                inner join file_records as its on its.place = pairs.later_place and its.record_id = mine.record_id
                group by pairs.place
            )
        select ?, ?, {hashed if is_hidden else "file_records.record_id"}, pairs.file, pairs.later_file, ?
        from pairs
        inner join kept using (place)
        inner join file_records on file_records.place = pairs.place and file_records.last_place = pairs.place
        where kept.kept >= {KEPT} * records and records - kept.kept <= greatest({LACKING} * records, {FEW})
        returning file, later_file
        """,
        [*([table.system, table.name] * (2 if is_hidden else 1)), is_hidden],
    ).fetchall()
    connection.execute("drop table file_records")
    found = sorted({(file, later, rows.count((file, later))) for file, later in rows})
    return [
        gettext(
            "%(number)s record(s) of %(file)s are in no later export, though %(later)s is as full",
            number=count,
            file=file,
            later=later,
        )
        for file, later, count in found
    ]
