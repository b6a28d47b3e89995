"""A file that is what it was is not read again, and one that is not is, whatever a tool does to its times."""

import gzip
import os
import time
import zipfile
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import file_states, ingest_table
from orchestration.lib.ingestion.files import unclaimed_in
from orchestration.lib.source_tables import Column, SourceTable

TABLE = SourceTable("crm", "deals", ("*deals*",), ("id",), (Column("id", "bigint", required=True),))


class Crm:
    """A folder of exports, its warehouse, and the files that were hashed."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.connection = folder, duckdb.connect()
        self.hashed: list[str] = []
        hash_of_export = file_states.hash_of_export

        def hashing(path: Path, temporary: Path) -> tuple[str, bytes]:
            self.hashed.append(path.name)
            return hash_of_export(path, temporary)

        monkeypatch.setattr(file_states, "hash_of_export", hashing)

    def read(self) -> tuple[list[str], list[str]]:
        """The status of each file, and which of them were hashed."""
        self.hashed.clear()
        report = ingest_table(self.connection, TABLE, self.folder)
        return [file.status for file in report.files], self.hashed

    def ids(self) -> list[int]:
        return [row[0] for row in self.connection.execute("select id from raw.crm__deals order by id").fetchall()]


@pytest.fixture
def crm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Crm:
    monkeypatch.setattr(file_states, "SETTLED_NS", 0)
    return Crm(tmp_path, monkeypatch)


def write_again(path: Path, data: bytes, keeps_number: bool = True) -> None:
    """Write the file again, and put back the time that it had."""
    before = path.stat()
    if not keeps_number:
        path.unlink()
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_what_is_unchanged_is_not_hashed(crm: Crm) -> None:
    (crm.folder / "deals.csv").write_text("id\n1\n")
    (crm.folder / "deals.csv.gz").write_bytes(gzip.compress(b"id\n2\n"))
    with zipfile.ZipFile(crm.folder / "all.zip", "w") as archive:
        archive.writestr("deals.csv", "id\n3\n")
    assert crm.read() == (["loaded"] * 3, ["deals.csv"] * 2 + ["deals.csv.gz"])
    assert crm.read() == (["unchanged"] * 3, [])
    assert crm.ids() == [1, 2, 3]


@pytest.mark.parametrize("keeps_number", [True, False])
def test_a_change_of_the_same_size_and_time_is_found(crm: Crm, keeps_number: bool) -> None:
    path = crm.folder / "deals.csv"
    path.write_text("id\n1\n")
    crm.read()
    write_again(path, b"id\n2\n", keeps_number)
    assert crm.read()[0] == ["loaded"]
    assert crm.ids() == [2]


def test_a_change_in_the_middle_is_found_by_the_time_of_the_change(crm: Crm) -> None:
    path = crm.folder / "deals.csv"
    data = bytearray(b"id\n" + b"".join(b"%07d\n" % number for number in range(40_000)))
    path.write_bytes(data)
    crm.read()
    data[160_003:160_010] = b"9999999"
    write_again(path, bytes(data))
    assert crm.read() == (["loaded"], ["deals.csv"])
    assert max(crm.ids()) == 9_999_999


def test_a_change_within_the_precision_of_a_clock_is_found(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that keeps seconds alone: the state of a file that has just been written is not noted."""
    monkeypatch.setattr(file_states, "SETTLED_NS", 3_000_000_000)
    second = time.time_ns() // 1_000_000_000
    path = crm.folder / "deals.csv"
    for number in (1, 2):
        path.write_text(f"id\n{number}\n")
        os.utime(path, (second, second))
        assert crm.read()[0] == ["loaded"]
    assert crm.read() == (["unchanged"], ["deals.csv"])


def test_a_file_that_was_only_touched_is_unchanged(crm: Crm) -> None:
    path = crm.folder / "deals.csv"
    path.write_text("id\n1\n")
    crm.read()
    os.utime(path, (1, 1))
    assert crm.read() == (["unchanged"], ["deals.csv"])
    assert crm.read() == (["unchanged"], [])


def test_the_ledger_of_an_earlier_release_is_completed(crm: Crm) -> None:
    (crm.folder / "deals.csv").write_text("id\n1\n")
    crm.read()
    crm.connection.execute("alter table raw.ingestion__loads drop column file_state")
    assert crm.read() == (["unchanged"], ["deals.csv"])
    assert crm.read() == (["unchanged"], [])


def test_what_is_refused_is_read_each_time(crm: Crm) -> None:
    path = crm.folder / "deals.csv"
    path.write_text("number\n1\n")
    assert crm.read() == crm.read() == (["refused"], ["deals.csv"])
    path.write_text("id\n1\n")
    assert crm.read()[0] == ["loaded"]


def test_rows_that_a_database_has_only_in_its_log_are_found(crm: Crm) -> None:
    path = crm.folder / "connector.duckdb"
    with duckdb.connect(path) as database:
        database.execute("create table deals as select 1 as id")
    crm.read()
    assert crm.read() == (["unchanged"], [])
    with duckdb.connect(path) as database:
        database.execute("set checkpoint_threshold = '1GB'; pragma disable_checkpoint_on_shutdown")
        database.execute("insert into deals values (2)")
    assert path.with_name("connector.duckdb.wal").is_file()
    assert crm.read()[0] == ["loaded"]
    assert crm.ids() == [1, 2]
    assert unclaimed_in([TABLE], crm.folder) == []
