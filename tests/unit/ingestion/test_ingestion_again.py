"""Repeated loads: the same files again, changed, copied, moved and deleted."""

import gzip
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import ingest_table, load
from orchestration.lib.ingestion.containers import read_export
from orchestration.lib.source_tables import Column
from tests.unit.ingestion.test_ingestion import TABLE, ingest, ledger, rows


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def test_the_same_content_again_changes_nothing(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    first = ingest(connection, tmp_path, deals="id,what\n1,a\nx,b\n")
    before = rows(connection), ledger(connection)
    second = ingest_table(connection, TABLE, tmp_path)
    assert (rows(connection), ledger(connection)) == before
    assert second.files == [replace(first.files[0], status="unchanged", rejected=())]
    assert second.messages() == []


def test_changed_content_replaces_the_load(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    ingest(connection, tmp_path, deals_a="id\n1\nx\n", deals_b="id\n5\n")
    ingest(connection, tmp_path, deals_a="id\n1\n2\n")
    assert rows(connection, "id, _load_number") == [(1, 1), (2, 1), (5, 2)]
    assert ledger(connection, "file, load_number") == [("deals_a.csv", 1), ("deals_b.csv", 2)]
    assert connection.execute("select count(*) from raw.ingestion__rejected_rows").fetchall() == [(0,)]


def test_a_file_that_is_written_again_while_it_is_read_is_read_by_the_next_run(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copying job writes the file a second time: what is read in between is a part of it."""
    whole = "id\n" + "".join(f"{number}\n" for number in range(200))

    def read_a_part(path: Path, folder: Path) -> Path:
        path.write_text(whole[: len(whole) // 2])
        return read_export(path, folder)

    with monkeypatch.context() as patched:
        patched.setattr(load, "read_export", read_a_part)
        report = ingest(connection, tmp_path, deals=whole)
    assert [(file.status, file.reason) for file in report.files] == [
        ("refused", "it was written again while it was read; the next run reads it")
    ]
    assert rows(connection) == []
    report = ingest(connection, tmp_path, deals=whole)
    assert [(file.status, file.rows_loaded) for file in report.files] == [("loaded", 200)]


def test_the_same_content_elsewhere_is_skipped(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    report = ingest(connection, tmp_path, deals_a="id\n1\n", deals_b="id\n1\n", deals_c=gzip.compress(b"id\n1\n"))
    assert [file.status for file in report.files] == ["loaded", "duplicate", "duplicate"]
    assert report.messages()[0] == (
        "crm__deals, deals_b.csv: skipped: the same content is already loaded from deals_a.csv"
    )
    assert report.rows_in_table == len(ledger(connection)) == 1


def test_rotated_files_lose_nothing(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    ingest(connection, tmp_path, deals_now="id\n1\n", deals_x="id\n2\n")
    ingest(connection, tmp_path, deals_a="id\n1\n", deals_now="id\n2\n", deals_x="id\n3\n")
    assert rows(connection, "_file, id") == [("deals_a.csv", 1), ("deals_now.csv", 2), ("deals_x.csv", 3)]


def test_rows_of_deleted_files_stay(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    ingest(connection, tmp_path, deals_a="id\n1\n", deals_b="id,colour\n2,red\n")
    (tmp_path / "deals_a.csv").unlink()
    more = (*TABLE.columns[::-1], Column("colour", "varchar"))
    changed = replace(TABLE, columns=tuple(replace(c, data_type="varchar") for c in more if c.name != "amount"))
    report = ingest_table(connection, changed, tmp_path)
    assert rows(connection, "id, colour, _extra, _file") == [
        ("1", None, None, "deals_a.csv"),
        ("2", "red", None, "deals_b.csv"),
    ]
    assert [file.status for file in report.files] == ["loaded"]
    described = [row[0] for row in connection.execute("describe raw.crm__deals").fetchall()]
    assert described[:5] == ["won_at", "name", "id", "colour", "_extra"]


def test_a_moved_file_is_loaded_from_its_new_name(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    ingest(connection, tmp_path, deals_a="id,colour\n1,red\n")
    (tmp_path / "deals_a.csv").rename(tmp_path / "deals_b.csv")
    assert ingest_table(connection, TABLE, tmp_path).files[0].status == "loaded"
    assert ledger(connection, "file, load_number") == [("deals_b.csv", 1)]
    changed = replace(TABLE, columns=(*TABLE.columns, Column("colour", "varchar")))
    ingest_table(connection, changed, tmp_path)
    assert rows(connection, "id, colour, _file") == [(1, "red", "deals_b.csv")]
