"""CSV and similar texts into the temporary tables that `readers.py` describes.

Belongs here: what is specific to a text with a header and a delimiter. Does not belong here: where its header and
its rows are (`boundaries.py`), splitting it by DuckDB (`duckdb_reader.py`).
"""

from dataclasses import replace
from pathlib import Path

import duckdb

from orchestration.lib.ingestion.boundaries import HeaderLine, find_header, non_data_lines
from orchestration.lib.ingestion.duckdb_reader import Parsed, note_frame, note_problems, read_numbered
from orchestration.lib.ingestion.header import Header, match_labels
from orchestration.lib.ingestion.records import Records, check_quotes, find_records
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.ingestion.totals import reject_totals
from orchestration.lib.source_tables import SourceTable


def read_csv(connection: duckdb.DuckDBPyConnection, text: Path, table: SourceTable, path: Path) -> Parsed:
    """Create `parsed` and `record_problems` from UTF-8 text; `path` is a temporary file. Raises Refused."""
    records = find_records(text)
    line = find_header(records, table)
    records = check_quotes(records, line.delimiter)
    if records.malformed[line.position]:
        raise Refused(
            f"line {records.lines[line.position]}: the quotes of the header do not pair up; correct the header"
        )
    return read_records(connection, records, line, table, path)


def read_records(
    connection: duckdb.DuckDBPyConnection, records: Records, line: HeaderLine, table: SourceTable, path: Path
) -> Parsed:
    """Create `parsed` and `record_problems` from records whose header is known. Raises Refused."""
    frame = non_data_lines(records, line, table)
    body = records.without([line.position, *frame])
    width = _read_rows(connection, body, line, path)
    note_problems(
        connection,
        body.lines[body.malformed],
        f"""
        select line, 'bad quoting' as problem, 'a quote or a carriage return is in the middle of a cell' as reason
        from rejected_lines
        union all
        select line, 'wrong number of cells', format('expected {{}} cells, found {{}}', {width}, found)
        from lost_records
        """,
    )
    for reason in sorted(set(frame.values())):
        note_frame(connection, records.lines[[position for position in frame if frame[position] == reason]], reason)
    reject_totals(connection, line.labels, table)
    header = _without_blanks(
        connection, match_labels(line.labels[:width], table, f"line {records.lines[line.position]}"), line
    )
    return Parsed(header, len(records) - 1, records)


def _read_rows(connection: duckdb.DuckDBPyConnection, body: Records, line: HeaderLine, path: Path) -> int:
    """Create `parsed` and `lost_records`, and return the number of cells of a row.

    That is the number of labels, unless no row has that number of cells: spreadsheets leave blank columns behind, in
    the header only or in the rows only.
    """
    width = len(line.labels)
    read_numbered(connection, body, "parsed", width, line.delimiter, '"', path)
    query = "select mode(found) from lost_records having (select count(*) from parsed) = 0"
    found = connection.execute(query).fetchall()
    wanted = found[0][0] if found else None
    if wanted is None or wanted < line.filled:
        return width
    read_numbered(connection, body, "parsed", wanted, line.delimiter, '"', path)
    beyond = " + ".join(f"count(c{place})" for place in range(width, wanted)) or "0"
    if connection.execute(f"select {beyond} from parsed").fetchall()[0][0] == 0:
        return int(wanted)
    read_numbered(connection, body, "parsed", width, line.delimiter, '"', path)
    return width


def _without_blanks(connection: duckdb.DuckDBPyConnection, header: Header, line: HeaderLine) -> Header:
    """Return the header without the columns that have neither label nor value."""
    unnamed = [place for place in line.unnamed if place < len(header.labels)]
    if not unnamed:
        return header
    counts = connection.execute(f"select {', '.join(f'count(c{place})' for place in unnamed)} from parsed").fetchall()
    blank = {header.labels[place] for place, count in zip(unnamed, counts[0], strict=True) if not count}
    return replace(header, undeclared=tuple(label for label in header.undeclared if label not in blank))
