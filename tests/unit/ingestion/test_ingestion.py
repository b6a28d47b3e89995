"""Ingestion of valid files: formats, labels, types, lines, and repeated loads."""

import csv
import gzip
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.lib.ingestion import LoadReport, ingest_table, unclaimed_files
from orchestration.lib.source_tables import Column, SourceTable
from orchestration.mistakes import Mistake

TABLE = SourceTable(
    system="crm",
    name="deals",
    files=("*deals*",),
    key=("id",),
    columns=(
        Column("id", "bigint", labels=("Record ID", 'Deal "No"'), required=True),
        Column("name", "varchar"),
        Column("won_at", "timestamp"),
        Column("amount", "decimal(18, 2)"),
    ),
)


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def ingest(
    connection: duckdb.DuckDBPyConnection, folder: Path, table: SourceTable = TABLE, **files: str | bytes
) -> LoadReport:
    """Write the files (deals_a="..." becomes deals_a.csv) and ingest the folder."""
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / f"{name}.csv").write_bytes(data)
    return ingest_table(connection, table, folder)


def rows(connection: duckdb.DuckDBPyConnection, columns: str = "*", table: str = "crm__deals") -> list[Any]:
    return connection.execute(f"select {columns} from raw.{table} order by _file, _line").fetchall()


def ledger(connection: duckdb.DuckDBPyConnection, columns: str = "*") -> list[Any]:
    query = f"select {columns} from raw.ingestion__loads order by file, status"
    return connection.execute(query).fetchall()


def test_a_missing_folder_makes_an_empty_table(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    report = ingest_table(connection, TABLE, tmp_path / "nowhere")
    assert (report.files, report.rows_in_table, report.messages()) == ([], 0, [])
    described = [row[:2] for row in connection.execute("describe raw.crm__deals").fetchall()]
    assert described == [
        ("id", "BIGINT"),
        ("name", "VARCHAR"),
        ("won_at", "TIMESTAMP"),
        ("amount", "DECIMAL(18,2)"),
        ("_extra", "VARCHAR"),
        ("_file", "VARCHAR"),
        ("_line", "BIGINT"),
        ("_load_id", "VARCHAR"),
        ("_load_number", "BIGINT"),
        ("_time_zone", "VARCHAR"),
    ]


def test_a_row_is_loaded_with_all_its_columns(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "2024" / "q1").mkdir(parents=True)
    text = 'Deal “No” ,AMOUNT,Colour,Size,won_at\n7, 12.5 ,red,"",2024-01-02 03:04\n8,,,,""\n'
    (tmp_path / "2024" / "q1" / "My Deals.CSV").write_text(text)
    report = ingest_table(connection, TABLE, tmp_path)
    assert rows(connection, "* exclude (_load_id)") == [
        (
            7,
            None,
            datetime(2024, 1, 2, 3, 4),
            Decimal("12.50"),
            '{"Colour":"red"}',
            "2024/q1/My Deals.CSV",
            2,
            1,
            None,
        ),
        (8, None, None, None, None, "2024/q1/My Deals.CSV", 3, 1, None),
    ]
    (file,) = report.files
    assert (file.status, file.records, file.rows_loaded, file.rows_rejected) == ("loaded", 2, 2, 0)
    assert (file.undeclared_columns, file.missing_columns) == (("Colour", "Size"), ("name",))
    assert report.messages() == ["crm__deals, 2024/q1/My Deals.CSV: undeclared column(s), kept in _extra: Colour, Size"]
    assert ledger(connection, "load_number, status, records, undeclared_columns, missing_columns") == [
        (1, "loaded", 2, '["Colour", "Size"]', '["name"]')
    ]


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


def test_instants_are_kept(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    connection.execute("set TimeZone = 'America/New_York'")
    table = SourceTable("crm", "deals", ("*",), (), (Column("moment", "timestamptz"), Column("day", "date")))
    ingest(
        connection,
        tmp_path,
        table,
        deals="moment,day\n2024-07-01 12:00:00+02:00,2024-07-01\n2024-07-01T12:00:00,\n",
    )
    assert rows(connection, "moment, day") == [
        (datetime(2024, 7, 1, 10, tzinfo=UTC), date(2024, 7, 1)),
        (datetime(2024, 7, 1, 12, tzinfo=UTC), None),
    ]


def test_header_only_is_fine(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    report = ingest(connection, tmp_path, deals="id,name")
    assert (report.files[0].status, report.files[0].records) == ("loaded", 0)


def test_unclaimed_files(tmp_path: Path) -> None:
    names = [
        "deals.csv",
        "other.csv",
        "sub/more.JSONL.gz",
        "note.md",
        ".hidden.csv",
        "~$deals.xlsx",
        "new.xlsx",
    ]
    for system in ("crm", "erp"):
        for name in names if system == "crm" else ["deals.csv"]:
            (tmp_path / system / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / system / name).write_text("x")
    found = [path.relative_to(tmp_path).as_posix() for path in unclaimed_files([TABLE], tmp_path)]
    assert found == ["crm/new.xlsx", "crm/other.csv", "crm/sub/more.JSONL.gz", "erp/deals.csv"]
    with pytest.raises(Mistake, match=r"exports/crm/deals.csv is claimed by deals .* and all_files"):
        unclaimed_files([TABLE, replace(TABLE, name="all_files", files=("*.csv",))], tmp_path)


CELL = st.text(st.sampled_from("ab \"\n\r,;\t|é日\\'#{[0\u2028"), max_size=6)
WIDTH = st.shared(st.integers(1, 4), key="width")


@pytest.mark.long
@settings(max_examples=50, deadline=None)
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
        expected.append((*[cell.strip() or None for cell in row], written.getvalue().count("\n") + 1))
        writer.writerow(row)
    source = SourceTable("crm", "texts", ("*",), (), tuple(Column(name, "varchar") for name in names))
    connection, folder = duckdb.connect(), tmp_path_factory.mktemp("texts")
    report = ingest(connection, folder, source, texts=written.getvalue())
    assert report.files[0].records == report.files[0].rows_loaded == len(table), report.messages()
    assert rows(connection, f"{', '.join(names)}, _line", "crm__texts") == expected
