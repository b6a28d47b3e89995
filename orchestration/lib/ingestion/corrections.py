"""Corrected rows: a file of rejected rows, exported by `smarketing rejected`, corrected by a person, and loaded.

Belongs here: recognising such a file, matching its rows to the rejected ones, and marking these as corrected. Does not
belong here: writing such a file (`rejects.py`), whether its values are valid now (`casting.py`).

A corrected row keeps the file, line and load number of the row that it corrects: it is as new as its original export,
and not newer.
"""

from dataclasses import replace

import duckdb

from orchestration.lib.csv_files import restored
from orchestration.lib.ingestion.duckdb_reader import Parsed
from orchestration.lib.ingestion.files import is_utc
from orchestration.lib.ingestion.header import Header
from orchestration.lib.ingestion.rejects import ORIGIN
from orchestration.lib.labels import fold_label
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal, quoted

REQUIRED = ("_file", "_line", "_reason")


def looks_corrected(head: bytes) -> bool:
    """Return whether a file that begins with these bytes has the labels of corrected rows in its first line."""
    labels = head.replace(b"\x00", b"").lstrip().split(b"\n")[0]
    return all(name.encode() in labels for name in REQUIRED)


def is_correction(header: Header) -> bool:
    """Return whether the rows below this header name the rows that they correct."""
    return set(REQUIRED) <= {fold_label(label) for label in header.labels}


def take_back(connection: duckdb.DuckDBPyConnection, parsed: Parsed) -> Parsed:
    """Restore the cells of `parsed` that the export made harmless.

    Also create `corrects`: the rejected row that each row of `parsed` corrects.
    """
    cells = "".join(f", {restored(f'c{place}')} as c{place}" for place in range(len(parsed.header.labels)))
    connection.execute(f"create or replace temp table parsed as select _line{cells} from parsed")
    places = {fold_label(label): place for place, label in enumerate(parsed.header.labels)}
    file, line = f"trim(c{places['_file']})", f"try_cast(c{places['_line']} as bigint)"
    connection.execute(
        f"""
        create or replace temp table corrects as
        select
            _line, {file} as file, {line} as line,
            row_number() over (partition by {file}, {line} order by _line) as turn
        from parsed
        """
    )
    undeclared = tuple(label for label in parsed.header.undeclared if fold_label(label) not in ORIGIN)
    return replace(parsed, header=replace(parsed.header, undeclared=undeclared))


def insert_corrected(connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str, load_id: str) -> None:
    """Load the rows of `typed` that correct a rejected row, mark that row, and add the others to `problems`."""
    of_table, named = [table.system, table.name], f"{table.system}.{table.name}"
    connection.execute(
        """
        create or replace temp table open_rows as
        select rejected_rows.file, rejected_rows.line, loads.load_number, loads.time_zone
        from raw.ingestion__rejected_rows as rejected_rows
        inner join raw.ingestion__loads as loads using (load_id)
        where rejected_rows.system = ? and rejected_rows.table_name = ? and mended_by is null and not is_correction
        """,
        of_table,
    )
    connection.execute(
        f"""
        create or replace temp table problems as
        from problems
        union all
        select
            _line, '_line', 'corrects no row',
            if(
                turn > 1 and load_number is not null, 'another row above corrects the same row',
                'no such row is rejected in {named}: ' || coalesce(file, '(no file)')
                || ', line ' || coalesce(cast(line as varchar), '(none)')
            )
        from corrects
        left join open_rows using (file, line)
        where (load_number is null or turn > 1) and _line not in (select line from problems)
        """
    )
    utc_files = [row[0] for row in connection.execute("select distinct file from corrects").fetchall() if row[0]]
    utc_files = [literal(each) for each in utc_files if is_utc(table, each)]
    time_zone = f"if(file in ({', '.join(utc_files)}), time_zone, _time_zone)" if utc_files else "_time_zone"
    connection.execute(
        f"""
        insert into raw.{quoted(table.raw_table)}
        select typed.* exclude (_time_zone, _line, _fault), file, line, ?, load_number, {time_zone}
        from typed
        inner join corrects using (_line)
        inner join open_rows using (file, line)
        where _line not in (select line from problems)
        """,
        [load_id],
    )
    connection.execute(
        """
        update raw.ingestion__rejected_rows set mended_by = ?
        from corrects
        where
            ingestion__rejected_rows.file = corrects.file and ingestion__rejected_rows.line = corrects.line
            and system = ? and table_name = ? and _line not in (select line from problems)
        """,
        [file, *of_table],
    )
    connection.execute("drop table corrects")
    connection.execute("drop table open_rows")
