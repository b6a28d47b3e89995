"""CSV, JSONL, Parquet and workbooks in one shape: a temporary table `parsed` of text cells, and records without any.

`parsed` has `_line` (bigint) and `c0`, `c1`... (varchar, null for empty text), one column per label of the file.
`record_problems` has line, problem (the kind) and reason: one row per record that cannot be split into cells.
Belongs here: the structure of a record. Does not belong here: the declared types (see `casting.py`).
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np

from orchestration.lib.ingestion.csv_reader import read_csv
from orchestration.lib.ingestion.detection import Content, Refused
from orchestration.lib.ingestion.duckdb_reader import Parsed, note_problems, read_numbered
from orchestration.lib.ingestion.header import match_labels
from orchestration.lib.ingestion.limits import check_values
from orchestration.lib.ingestion.other_headers import reject_empty_rows, reject_other_headers
from orchestration.lib.ingestion.pieces import pieces_of, write
from orchestration.lib.ingestion.records import find_records
from orchestration.lib.ingestion.workbooks import read_workbook
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import columns_of, literal, quoted

JSON_DELIMITER = "\x01"  # JSON texts must escape it.


def read_content(connection: duckdb.DuckDBPyConnection, content: Content, table: SourceTable, folder: Path) -> Parsed:
    """Create `parsed` and `record_problems` from the content; `folder` is temporary. Raises Refused."""
    read = {"csv": read_csv, "jsonl": _read_jsonl, "parquet": _read_parquet, "workbook": read_workbook}[content.kind]
    parsed = read(connection, content.path, table, folder / "content")
    reject_other_headers(connection, table, parsed)
    if content.kind == "csv":
        reject_empty_rows(connection, parsed)
    return parsed


def _read_jsonl(connection: duckdb.DuckDBPyConnection, text: Path, table: SourceTable, path: Path) -> Parsed:
    records = find_records(write(_without_returns(text), path.with_suffix(".lines")), has_quotes=False)
    read_numbered(connection, records, "json_lines", 1, JSON_DELIMITER, "", path)
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
    note_problems(
        connection,
        np.setdiff1d(records.lines, loaded),
        "select line, 'bad JSON' as problem, 'not one JSON object with each key once' as reason from rejected_lines",
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


def _without_returns(path: Path) -> Iterator[bytes]:
    """Yield the text with plain line ends: a carriage return is white space in JSON, but a line end to the reader."""
    waiting = b""
    for piece in pieces_of(path):
        text = waiting + piece
        waiting = b"\r" if text.endswith(b"\r") else b""
        yield text.removesuffix(waiting).replace(b"\r\n", b"\n").replace(b"\r", b" ")
    yield waiting.replace(b"\r", b" ")


def _read_parquet(connection: duckdb.DuckDBPyConnection, file: Path, table: SourceTable, path: Path) -> Parsed:
    path.symlink_to(file.absolute())  # DuckDB may read its own name as a pattern.
    try:
        columns = columns_of(connection, f"select * from read_parquet({literal(str(path))})")
        query = f"select sum(num_rows) from parquet_file_metadata({literal(str(path))})"
        check_values(connection.execute(query).fetchall()[0][0], len(columns))
        labels = [name for name, _ in columns]
        # Data frames write "not a number" for a number that they do not have.
        empty = {"FLOAT": "'nan'", "DOUBLE": "'nan'"}
        cells = "".join(
            f", nullif(cast({quoted(label)} as varchar), {empty.get(kind, chr(39) * 2)}) as c{place}"
            for place, (label, kind) in enumerate(columns)
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
    note_problems(connection, np.empty(0), "select line, '' as problem, '' as reason from rejected_lines")
    count = connection.execute("select count(*) from parsed").fetchall()[0][0]
    return Parsed(match_labels(labels, table, "the schema of the file"), count, None)
