"""Ingestion of valid files in every format: delimiters, encodings, compression, JSON lines, Parquet."""

import csv
import gzip
import io
import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.lib.ingestion import ingest_table
from orchestration.lib.source_tables import Column, SourceTable
from tests.unit.ingestion.test_ingestion import TABLE, ingest, rows


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_and_line_ends(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, delimiter: str, end: str
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end)
    writer.writerows([["id", "name"], [1, f'a "b"{delimiter}{end} c'], [2, " é "]])
    ingest(connection, tmp_path, deals=written.getvalue())
    assert rows(connection, "id, name, _line") == [(1, f'a "b"{delimiter}{end} c', 2), (2, "é", 4)]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: gzip.compress(text.encode()),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.rstrip("\n").encode(),
    ],
)
def test_encodings_gzip_and_old_line_ends(connection: duckdb.DuckDBPyConnection, tmp_path: Path, encode: Any) -> None:
    ingest(connection, tmp_path, deals=encode("id,name\n1,Zoë\n2,日本\n"))
    assert rows(connection, "id, name, _line") == [(1, "Zoë", 2), (2, "日本", 3)]


def test_declared_encoding(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    ingest(connection, tmp_path, replace(TABLE, encodings=("latin-1",)), deals="id,name\n1,Zoë\n".encode("latin-1"))
    assert rows(connection, "name") == [("Zoë",)]


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
def test_json_lines(connection: duckdb.DuckDBPyConnection, tmp_path: Path, pack: Any) -> None:
    lines = [
        '{"id": 1, "name": "a\\nb", "amount": 2.5, "tags": ["x", {"y": 1}]}',
        "",
        '{"Record ID": "2"}',
        '{"id": 3, "name": "", "we/ird~\\"$.key": true}',
        "not json",
        '{"id": 4, "id": 5}',
        "[6]",
    ]
    lines[2] = '{"id": "2"}'
    report = ingest(connection, tmp_path, deals=pack("\r\n".join(lines).encode()))
    assert rows(connection, "id, name, amount, _extra::json, _line") == [
        (1, "a\nb", Decimal("2.50"), '{"tags":"[\\"x\\",{\\"y\\":1}]"}', 1),
        (2, None, None, None, 3),
        (3, None, None, '{"we/ird~\\"$.key":"true"}', 4),
    ]
    assert (report.files[0].records, report.files[0].rows_rejected) == (6, 3)
    query = "select line, row_text, reason from raw.ingestion__rejected_rows order by line"
    reason = "not one JSON object with each key once"
    assert connection.execute(query).fetchall() == [
        (5, "not json", reason),
        (6, '{"id": 4, "id": 5}', reason),
        (7, "[6]", reason),
    ]


def test_parquet(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    connection.execute(
        f"""
        copy (
            select * from (values
                (1, 'a', timestamp '2024-01-02 03:04:05.678', 1.5, [1]),
                (null, 'b', null, null, null),
                (3, '', timestamp '2024-01-02', 2, null)
            ) as t(id, "name", won_at, amount, "a list")
        ) to '{path}' (format parquet)
        """
    )
    report = ingest_table(connection, TABLE, tmp_path)
    assert rows(connection, "id, name, won_at, amount, _extra, _line") == [
        (1, "a", datetime(2024, 1, 2, 3, 4, 5, 678000), Decimal("1.50"), '{"a list":"[1]"}', 1),
        (3, None, datetime(2024, 1, 2, 0, 0, 0, 1), Decimal("2.00"), None, 3),
    ]
    assert report.files[0].rows_rejected == 1
    ((line, text),) = connection.execute("select line, row_text from raw.ingestion__rejected_rows").fetchall()
    assert (line, json.loads(text)["name"]) == (2, "b")


CELL = st.text(st.sampled_from("ab \"\n\r,;\t|é日\\'#{[0\u2028"), max_size=6)
WIDTH = st.shared(st.integers(1, 4), key="width")


@pytest.mark.long
@settings(max_examples=50)
@given(
    table=WIDTH.flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=6)),
    width=WIDTH,
    delimiter=st.sampled_from(",;\t|"),
    dialect=st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_ALL)]),
    blanks=st.integers(0, 2),
)
def test_whatever_a_csv_writer_writes_loads_back(
    tmp_path_factory: pytest.TempPathFactory,
    table: list[list[str]],
    width: int,
    delimiter: str,
    dialect: tuple[str, int],
    blanks: int,
) -> None:
    end, quoting = dialect
    delimiter = "," if width == 1 else delimiter  # a header of one label contains no delimiter
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting)
    names = [f"col{number}" for number in range(width)]
    writer.writerow(names)
    expected = []
    for row in table:
        written.write(end * blanks)
        if any(row) or width == 1:  # Rows of separators only are not records.
            expected.append((*[cell.strip() or None for cell in row], written.getvalue().count("\n") + 1))
        writer.writerow(row)
    source = SourceTable("crm", "texts", ("*",), (), tuple(Column(name, "varchar") for name in names))
    connection, folder = duckdb.connect(), tmp_path_factory.mktemp("texts")
    report = ingest(connection, folder, source, texts=written.getvalue())
    assert report.files[0].records == len(table)
    assert report.files[0].rows_loaded == len(expected) == len(table) - report.files[0].non_data_lines, (
        report.messages()
    )
    assert rows(connection, f"{', '.join(names)}, _line", "crm__texts") == expected
