"""Ingestion of invalid files: rejected rows, refused files, killed runs."""

import gzip
import os
import signal
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.lib.ingestion import LoadReport, ingest_table
from orchestration.lib.source_tables import Column, SourceTable

TABLE = SourceTable(
    system="crm",
    name="deals",
    files=("*deals*",),
    key=("id",),
    columns=(
        Column("id", "bigint", labels=("Record ID",), required=True),
        Column("email", "varchar", personal=True),
        Column("born_on", "date", personal=True),
        Column("won_at", "timestamp"),
        Column("amount", "double"),
    ),
)
OPEN = replace(TABLE, columns=tuple(replace(column, personal=False) for column in TABLE.columns))


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def ingest(
    connection: duckdb.DuckDBPyConnection, folder: Path, content: str | bytes, table: SourceTable = TABLE
) -> LoadReport:
    (folder / "deals.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    return ingest_table(connection, table, folder)


def fetch(connection: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    return connection.execute(query).fetchall()


def rejected(connection: duckdb.DuckDBPyConnection) -> list[Any]:
    query = "select line, column_name, reason, row_text from raw.ingestion__rejected_rows order by line"
    return fetch(connection, query)


def test_bad_rows_are_rejected_with_exact_lines(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = "\r\n".join(
        [
            "id,email,won_at,amount",
            '1,"two',
            'lines",,1',  # 2-3
            "",
            "2,short",  # 5
            "3,a,,1,one,two,three",  # 6
            '4,"a" b,,1',  # 7
            ",missing,,1",  # 8
            '5,"bad',
            'amount",31.31.2018,x',  # 9-10, two problems
            "6,fine,2018-03-01 10:00,1.5",  # 11
            "7,one too many,,,",  # 12
        ]
    )
    report = ingest(connection, tmp_path, text)
    loaded = fetch(connection, "select id, email, _line from raw.crm__deals order by _line")
    assert loaded == [(1, "two\r\nlines", 2), (6, "fine", 11)]
    assert rejected(connection) == [
        (5, None, "expected 4 cells, found 2", "2,short"),
        (6, None, "expected 4 cells, found 7", "3,a,,1,one,two,three"),
        (7, None, "a quote or a carriage return is in the middle of a cell", '4,"a" b,,1'),
        (8, "id", "column id is required and empty", ",missing,,1"),
        (9, "won_at", "column won_at: '31.31.2018' is not a timestamp", '5,"bad\r\namount",31.31.2018,x'),
        (12, None, "expected 4 cells, found 5", "7,one too many,,,"),
    ]
    (file,) = report.files
    assert (file.records, file.rows_loaded, file.rows_rejected) == (8, 2, 6)
    messages = report.messages()
    assert len(messages) == 4
    assert messages[0] == "crm__deals, deals.csv: 3 row(s) rejected, first at line 5: expected 4 cells, found 2"


@pytest.mark.parametrize(
    ("column", "value", "loads"),
    [
        ("id", "1.0", True),
        ("id", " 12 ", True),
        ("id", "1.5", False),
        ("id", "1.2E+10", False),
        ("amount", "1e3", True),
        ("amount", "NaN", False),
        ("amount", "'1,5'", False),
        ("amount", "   ", True),
        ("born_on", "2024-02-29", True),
        ("born_on", "2023-02-29", False),
        ("born_on", "24/01/05", False),
        ("born_on", "2024-01-05 BC", False),
        ("born_on", "epoch", False),
        ("born_on", "infinity", False),
        ("won_at", "2024-01-05", True),
        ("won_at", "2024-01-05T10:00:00.5", True),
        ("won_at", "2024-01-05T10:00:00Z", True),
        ("won_at", "2024-01-05 10:00:00 BC", False),
    ],
)
def test_a_value_parses_or_its_row_is_rejected(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, column: str, value: str, loads: bool
) -> None:
    header = "id" if column == "id" else f"id;{column}"
    row = value if column == "id" else f"1;{value}"
    (file,) = ingest(connection, tmp_path, f"{header}\n{row}\n", OPEN).files
    assert (file.status, file.rows_loaded) == ("loaded", int(loads))


def test_personal_values_are_never_shown(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    report = ingest(connection, tmp_path, "id,born_on\n1,31.12.99\n")
    assert report.messages() == [
        "crm__deals, deals.csv: 1 row(s) rejected, first at line 2: column born_on: '***' is not a date; "
        "its year has two digits, export four"
    ]
    report = ingest(connection, tmp_path, "ann@example.org,31.12.1999\nbob@example.org,31.12.1998\n")
    assert "add the header line" in str(report.files[0].reason)
    assert "example.org" not in str(report.files[0].reason)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "Record No,amount\n1,2\n",
            "line 1: required column id is missing; accepted labels are 'id', 'Record ID'",
        ),
        ("Record No,amount\n1,2\n", "found 'Record No', 'amount'; nearest is 'Record No'"),
        ("id,amount,AMOUNT\n1,2,3\n", "line 1, columns 2 and 3: labels 'amount' and 'AMOUNT'"),
        ("id,x,x\n1,2,3\n", "line 1, columns 2 and 3: labels 'x' and 'x'"),
        (
            "id,email\n1,a\n2,Zoë\n".encode("latin-1"),
            "line 3: byte 0xeb is not utf-8; save as UTF-8 (in Excel",
        ),
        (b"PK\x03\x04 [Content_Types].xml xl/workbook.xml", "the zip archive or workbook is broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "choose Save As > .xlsx"),
        (b"%PDF-1.7 x", "this is a PDF"),
        ("\n <!DOCTYPE html><html>", "this is a web page"),
        ("", "the file is empty"),
        (" \r\n\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (gzip.compress(b"id\n1\n" * 99, mtime=0)[:-9], "the gzip is broken or not complete"),
        (b"id,email\n1,a\x00b\n", "line 2: NUL byte"),
        (b"PAR1 and no more", "the Parquet file is broken"),
        ('[{"id": 1}]', "line 1: a JSON array"),
        ('{"amount": 1}\n', "required column id is missing"),
        ('id,email\n1,a\n2,"b\n3,c\n4,d\n', "line 3: a quote opened here is never closed"),
        ('id,email\n1,a\n2,"b\n3,"c"\n4,d\n', "line 3: a quote opened here is never closed"),
        ('id,email\n1,a\n2,5" pipe\n3,6" pipe\n4,d\n', "line 3: a quote opened here is never closed"),
        ('id,"em"ail\n1,a\n', "line 1: the quotes of the header do not pair up"),
    ],
)
def test_a_refusal_names_the_remedy_and_the_earlier_load_stays(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, content: str | bytes, message: str
) -> None:
    ingest(connection, tmp_path, "id\n1\n", OPEN)
    report = ingest(connection, tmp_path, content, OPEN)
    (file,) = report.files
    assert file.status == "refused"
    assert message in str(file.reason)
    assert report.messages() == []
    assert fetch(connection, "select id from raw.crm__deals") == [(1,)]
    query = "select status, load_number from raw.ingestion__loads order by status"
    ingest_table(connection, OPEN, tmp_path)
    assert fetch(connection, query) == [("loaded", 1), ("refused", None)]
    ingest(connection, tmp_path, "id\n2\n", OPEN)
    assert fetch(connection, query) == [("loaded", 1)]


def test_the_refusal_of_a_zip_asks_to_unpack_it(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "deals.csv", "w") as archive:
        archive.writestr("deals.txt", "id\n1\n")
    assert "unpack it" in str(ingest_table(connection, TABLE, tmp_path).files[0].reason)


@pytest.mark.parametrize("cure", ["restore", "remove"])
def test_a_refusal_is_deleted_when_its_file_is_valid_or_deleted(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, cure: str
) -> None:
    ingest(connection, tmp_path, "id\n1\n")
    ingest(connection, tmp_path, "")
    if cure == "restore":
        assert ingest(connection, tmp_path, "id\n1\n").files[0].status == "unchanged"
    else:
        (tmp_path / "deals.csv").unlink()
        ingest_table(connection, TABLE, tmp_path)
    assert fetch(connection, "select status from raw.ingestion__loads") == [("loaded",)]


def test_lines_longer_than_the_reader_expects(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    ingest(connection, tmp_path, f"id,email\n1,{'x' * 3_000_000}\n2,b\n3\n")
    assert fetch(connection, "select len(email) from raw.crm__deals order by id") == [(3_000_000,), (1,)]
    assert [row[0] for row in rejected(connection)] == [4]


@pytest.mark.parametrize("cell", ["x", "1"])
def test_many_rows_after_no_rows(connection: duckdb.DuckDBPyConnection, tmp_path: Path, cell: str) -> None:
    ingest(connection, tmp_path, "id\n")
    (file,) = ingest(connection, tmp_path, "id\n" + f"{cell}\n" * 130_000).files
    table = "ingestion__rejected_rows" if cell == "x" else "crm__deals"
    assert (file.records, file.rows_loaded + file.rows_rejected) == (130_000, 130_000)
    assert fetch(connection, f"select count(*) from raw.{table}") == [(130_000,)]


KILLED = """
import os, signal, sys
from pathlib import Path
import duckdb
from orchestration.lib.ingestion import ingest_table
from orchestration.lib.ingestion import ledger
from tests.unit.ingestion.test_ingestion_problems import TABLE
ledger.note_load = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
ingest_table(duckdb.connect(sys.argv[1]), TABLE, Path(sys.argv[2]))
"""


def test_a_killed_run_changes_nothing(tmp_path: Path) -> None:
    warehouse, folder = tmp_path / "warehouse.duckdb", tmp_path / "exports"
    folder.mkdir()
    with duckdb.connect(str(warehouse)) as connection:
        ingest(connection, folder, "id\n1\n")
        before = fetch(connection, "from raw.crm__deals"), fetch(connection, "from raw.ingestion__loads")
    (folder / "deals.csv").write_text("id\n2\nx\n")
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", KILLED, str(warehouse), str(folder)]
    killed = subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    with duckdb.connect(str(warehouse)) as connection:
        after = fetch(connection, "from raw.crm__deals"), fetch(connection, "from raw.ingestion__loads")
        assert after == before
        assert rejected(connection) == []
        assert ingest_table(connection, TABLE, folder).files[0].rows_loaded == 1
