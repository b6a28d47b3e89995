"""Ingestion of valid files: columns, types, lines, and files that no table wants (their formats: the next file)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

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
