"""CSV, JSONL and Parquet into one shape: a temporary table `parsed` of text cells, and what has no cells.

`parsed` has `_line` (bigint) and `c0`, `c1`... (varchar, null for empty text), one a label of the file.
`record_problems` has line, problem (the kind) and reason: one row a record that cannot be split into cells.
Belongs here: the structure of a record. Does not belong here: the declared types (see `casting.py`).
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from orchestration.lib.ingestion.content import Content, Refused
from orchestration.lib.ingestion.header import Header, match_labels, split_header
from orchestration.lib.ingestion.records import END_MARK, LINE_DIGITS, Records, check_quotes, find_records
from orchestration.lib.ingestion.sql import columns_of, literal, quoted
from orchestration.lib.sources import SourceTable

JSON_DELIMITER = "\x01"  # No JSON text may hold it unescaped.
# Far above what a cell holds; DuckDB would pass over a longer line in silence.
SMALLEST_LINE_LIMIT = 2_000_000


@dataclass(frozen=True)
class Parsed:
    """What a reader found: the header, how many records the file has, and the records themselves for text."""

    header: Header
    count: int
    records: Records | None


def read_content(connection: duckdb.DuckDBPyConnection, content: Content, table: SourceTable, folder: Path) -> Parsed:
    """Make `parsed` and `record_problems` from the content; `folder` is a temporary one. Raises Refused."""
    read = {"csv": _read_csv, "jsonl": _read_jsonl, "parquet": _read_parquet}[content.kind]
    return read(connection, content.data, table, folder / "content")


def _read_csv(connection: duckdb.DuckDBPyConnection, data: bytes, table: SourceTable, path: Path) -> Parsed:
    records = find_records(data)
    delimiter, labels = split_header(records.text(0), table)
    records = check_quotes(records, delimiter)
    if records.malformed[0]:
        raise Refused(f"line {records.lines[0]}: the quotes of the header do not pair up; mend the header")
    header, body = match_labels(labels, table, f"line {records.lines[0]}"), records.after_header()
    _read_numbered(connection, body, "parsed", len(labels), delimiter, '"', path)
    _note_problems(
        connection,
        body.lines[body.malformed],
        f"""
        select line, 'bad quoting' as problem, 'a quote stands in the middle of a cell' as reason
        from lines_apart
        union all
        select line, 'wrong number of cells', format('expected {{}} cells, found {{}}', {len(labels)}, found)
        from lost_records
        """,
    )
    return Parsed(header, len(body), body)


def _read_jsonl(connection: duckdb.DuckDBPyConnection, data: bytes, table: SourceTable, path: Path) -> Parsed:
    # A carriage return is white space in JSON, and a line end to the reader.
    records = find_records(data.replace(b"\r\n", b"\n").replace(b"\r", b" "), has_quotes=False)
    _read_numbered(connection, records, "json_lines", 1, JSON_DELIMITER, "", path)
    connection.execute(
        """
        create or replace temp table json_objects as
        select _line, c0 as object, json_keys(c0) as keys
        from json_lines
        where case when json_valid(c0) then json_type(c0) = 'OBJECT' else false end
        """
    )
    connection.execute("delete from json_objects where len(keys) > len(list_distinct(keys))")
    loaded = connection.execute("select _line as line from json_objects").fetchnumpy()["line"]
    _note_problems(
        connection,
        np.setdiff1d(records.lines, loaded),
        "select line, 'bad JSON' as problem, 'not one JSON object with each key once' as reason from lines_apart",
    )
    keys = "select unnest(keys) as label, unnest(range(len(keys))) as place, _line from json_objects"
    keys = f"select label from ({keys}) group by label order by min(_line), min(place)"
    labels = [row[0] for row in connection.execute(keys).fetchall()]
    pointers = ", ".join(literal("/" + label.replace("~", "~0").replace("/", "~1")) for label in labels)
    cells = "".join(f", nullif(cells[{place + 1}], '') as c{place}" for place in range(len(labels)))
    connection.execute(
        f"""
        create or replace temp table parsed as
        select _line{cells} from (
            select _line, json_extract_string(object, [{pointers}]::varchar[]) as cells from json_objects
        )
        """
    )
    return Parsed(match_labels(labels, table, "the keys of its objects"), len(records), records)


def _read_parquet(connection: duckdb.DuckDBPyConnection, data: bytes, table: SourceTable, path: Path) -> Parsed:
    path.write_bytes(data)
    try:
        labels = [name for name, _ in columns_of(connection, f"select * from read_parquet({literal(str(path))})")]
        cells = "".join(
            f", nullif(cast({quoted(label)} as varchar), '') as c{place}" for place, label in enumerate(labels)
        )
        connection.execute(
            f"""
            create or replace temp table parsed as
            select file_row_number + 1 as _line{cells}
            from read_parquet({literal(str(path))}, file_row_number = true)
            """
        )
    except duckdb.Error as error:
        raise Refused("the Parquet file is broken or not complete; copy or download it again") from error
    _note_problems(connection, np.empty(0), "select line, '' as problem, '' as reason from lines_apart")
    count = connection.execute("select count(*) from parsed").fetchall()[0][0]
    return Parsed(match_labels(labels, table, "the schema of the file"), count, None)


def _read_numbered(
    connection: duckdb.DuckDBPyConnection,
    records: Records,
    target: str,
    cells: int,
    delimiter: str,
    quote: str,
    path: Path,
) -> None:
    """Let DuckDB's reader split the well-formed records into `target`, its rejects into `lost_records`.

    Nothing is sniffed. What the reader neither returns nor rejects refuses the file.
    """
    path.write_bytes(records.numbered(delimiter))
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
    # A rejected record's text starts with its line; the reader's own line numbers are of the numbered text.
    # It names one record several times, once for each missing cell with a count that grows.
    connection.execute(
        f"""
        create or replace temp table lost_records as
        select
            left(csv_line, {LINE_DIGITS})::bigint as line,
            regexp_extract_all(string_agg(error_message, ' '), 'Found: ([0-9]+)', 1)::bigint[] as counts,
            if(any_value(error_type) = 'MISSING COLUMNS', list_min(counts), list_max(counts)) - 2 as found
        from reader_errors
        group by 1
        """
    )
    connection.execute("drop table reader_errors")
    connection.execute("drop table reader_scans")
    query = f"select _line as line from {target} union all select line from lost_records order by line"
    returned = connection.execute(query).fetchnumpy()["line"]
    wanted = records.lines[~records.malformed]
    if not np.array_equal(returned, wanted):
        differing = np.setxor1d(returned, wanted)
        line = differing[0] if len(differing) else wanted[0]
        raise Refused(f"line {line}: the record that starts here is lost in reading; look at its quotes and length")


def _note_problems(connection: duckdb.DuckDBPyConnection, lines: np.ndarray, query: str) -> None:
    """Make `record_problems` from a query that may read these lines as `lines_apart`."""
    connection.register("lines_apart", pd.DataFrame({"line": lines.astype(np.int64)}))
    connection.execute(f"create or replace temp table record_problems as {query}")
    connection.unregister("lines_apart")
