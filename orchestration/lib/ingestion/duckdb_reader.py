"""Splitting well-formed records into cells by DuckDB's reader, and checking that it returns all of them.

Belongs here: the call of the reader, records that it neither returned nor rejected, and the problems of lines. Does not
belong here: formats (see `readers.py`, `csv_reader.py`), finding records (`records.py`).
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from orchestration.lib.ingestion.header import Header
from orchestration.lib.ingestion.pieces import write
from orchestration.lib.ingestion.records import END_MARK, LINE_DIGITS, Records
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.ingestion.report import FRAME
from orchestration.lib.warehouse.sql import literal

# Far above the length of any cell; DuckDB would silently skip a longer line.
SMALLEST_LINE_LIMIT = 2_000_000


@dataclass(frozen=True)
class Parsed:
    """The result of a reader: the header, the number of records of the file, and the records themselves for text.

    `sheet` is the name of the sheet of a workbook; its rows count as lines.
    """

    header: Header
    count: int
    records: Records | None
    sheet: str = ""


def read_numbered(
    connection: duckdb.DuckDBPyConnection,
    records: Records,
    target: str,
    cells: int,
    delimiter: str,
    quote: str,
    path: Path,
) -> None:
    """Split the well-formed records by DuckDB's reader into `target`, and its rejects into `lost_records`.

    Nothing is sniffed. The file is refused if the reader neither returns nor rejects a record.
    """
    write((part.numbered(delimiter) for part in records.parts()), path)
    columns = "".join(f", 'c{place}': 'varchar'" for place in range(cells))
    longest = int((records.ends - records.starts).max(initial=0)) + LINE_DIGITS + len(END_MARK) + 3
    try:
        connection.execute(
            f"""
        create or replace temp table {target} as
        select * exclude (_end) from read_csv(
            {literal(str(path))}, auto_detect = false, header = false,
            columns = {{'_line': 'bigint'{columns}, '_end': 'varchar'}},
            delim = {literal(delimiter)}, quote = {literal(quote)}, escape = {literal(quote)}, nullstr = '',
            new_line = '\\n', max_line_size = {max(longest, SMALLEST_LINE_LIMIT)}, parallel = false,
            store_rejects = true, rejects_limit = 0,
            rejects_table = 'reader_errors', rejects_scan = 'reader_scans'
        )
        """
        )
    except duckdb.InvalidInputException as error:
        # The error quotes the record, which may hold personal data.
        raise Refused("DuckDB's reader cannot split this file into cells; look at its quotes") from error
    # A rejected record's text starts with its line number; the reader's own line numbers refer to the numbered text.
    # Its counts of cells are not used, since they omit empty ones.
    lost = connection.execute(f"select distinct left(csv_line, {LINE_DIGITS})::bigint as line from reader_errors").df()
    connection.execute("drop table reader_errors")
    connection.execute("drop table reader_scans")
    lost["found"] = _cells_at(records, lost["line"].to_numpy(), delimiter)
    connection.register("lost", lost)
    connection.execute("create or replace temp table lost_records as select line, found::bigint as found from lost")
    connection.unregister("lost")
    query = f"select _line as line from {target} union all select line from lost_records order by line"
    returned = connection.execute(query).fetchnumpy()["line"]
    wanted = records.lines[~records.malformed]
    if not np.array_equal(returned, wanted):
        differing = np.setxor1d(returned, wanted)
        line = differing[0] if len(differing) else wanted[0]
        raise Refused(f"line {line}: the record that starts here is lost in reading; look at its quotes and length")


def _cells_at(records: Records, lines: np.ndarray, delimiter: str) -> np.ndarray:
    """Return the number of cells of the well-formed records that start on these lines."""
    found = np.zeros(len(lines), dtype=np.int64)
    for part in records.parts() if len(lines) else ():
        own = (lines >= part.lines[0]) & (lines <= part.lines[-1])
        if own.any():
            found[own] = part.cells_at(lines[own], delimiter)
    return found


def note_problems(connection: duckdb.DuckDBPyConnection, lines: np.ndarray, query: str) -> None:
    """Create `record_problems` from a query that may read these lines as `rejected_lines`."""
    connection.register("rejected_lines", pd.DataFrame({"line": lines.astype(np.int64)}))
    connection.execute(f"create or replace temp table record_problems as {query}")
    connection.unregister("rejected_lines")


def note_frame(connection: duckdb.DuckDBPyConnection, lines: np.ndarray, reason: str) -> None:
    """Add these lines to `record_problems`, as lines that are not data."""
    why = literal(f"{FRAME}: {reason}")
    note_problems(
        connection, lines, f"from record_problems union all select line, '{FRAME}', {why} from rejected_lines"
    )


def take_out(connection: duckdb.DuckDBPyConnection, lines: list[int], reason: str) -> None:
    """Move the rows of these lines from `parsed` to `record_problems`, as lines that are not data."""
    if lines:
        connection.execute("delete from parsed where list_contains(?, _line)", [lines])
        note_frame(connection, np.array(lines), reason)
