"""What the machine refuses is recognised in the exceptions of every library, and named with what to do."""

import errno
import sqlite3
from pathlib import Path

import duckdb
import pytest
from sqlalchemy.exc import OperationalError

from orchestration.lib import machine
from orchestration.lib.machine import NoRoomError, is_full, plain, refusal, require_room, room_of_run, size_of


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        sqlite3.OperationalError("database or disk is full"),
        OperationalError("insert", {}, sqlite3.OperationalError("database or disk is full")),
        duckdb.IOException('IO Error: Could not write file "x": No space left on device'),
    ],
)
def test_a_full_disk_is_recognised_also_behind_another_error(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "free_bytes", lambda _: 3_000_000)
    try:
        try:
            raise error
        finally:
            raise RuntimeError("cannot rollback - no transaction is active")
    except RuntimeError as found:
        text = refusal(found, tmp_path)
    assert text.startswith(f"{tmp_path}: the disk is full (")
    assert text.endswith("make room for 100 MB and run the same again, nothing has to be repaired")


def test_a_full_disk_elsewhere_is_not_that_of_the_home(tmp_path: Path) -> None:
    there = OSError(errno.ENOSPC, "No space left on device", "x/rejected.csv")
    assert refusal(there, tmp_path) == "x/rejected.csv: the disk is full; make room there and run the same again"
    output = OSError(errno.ENOSPC, "No space left on device")
    assert refusal(output, tmp_path).startswith("the output: the disk is full; make room there")


def test_unclear_words_are_a_full_disk_only_where_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_full("disk I/O error", tmp_path)
    monkeypatch.setattr(machine, "free_bytes", lambda _: 0)
    assert is_full("disk I/O error", tmp_path)
    assert not is_full("a column is missing", tmp_path)


def test_a_file_that_may_not_be_used_is_named(tmp_path: Path) -> None:
    denied = PermissionError(errno.EACCES, "Permission denied", "x/company.txt")
    right = "give this user the right to it, or give --home another folder"
    assert refusal(denied, tmp_path) == f"x/company.txt: it cannot be used (permission denied); {right}"
    is_file = FileExistsError(errno.EEXIST, "File exists", "x/home")
    assert refusal(is_file, tmp_path) == "x/home: it cannot be used (file exists)"
    read_only = duckdb.IOException('IO Error: Cannot open file "x": Read-only file system')
    assert refusal(read_only, tmp_path) == f"{tmp_path}: a file in it cannot be used (read-only file system); {right}"
    history = OperationalError("select", {}, sqlite3.DatabaseError("file is not a database"))
    assert "dagster: the history of runs cannot be used (file is not a database); move" in refusal(history, tmp_path)
    assert refusal(KeyError("a bug"), tmp_path) == ""


def test_the_line_of_a_step_has_no_class_of_an_exception() -> None:
    text = "PermissionError: [Errno 13] Permission denied: 'published/site/index.html'"
    assert plain(text) == "published/site/index.html: it cannot be used (Permission denied)"
    assert plain("_duckdb.IOException: IO Error: gone") == "IO Error: gone"


def test_room_is_looked_for_beforehand(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "a.csv").write_bytes(b"x" * 500)
    assert room_of_run(tmp_path / "new", tmp_path / "exports") == machine.LEAST_ROOM + 500
    assert size_of(tmp_path / "exports", tmp_path / "missing", tmp_path / "exports" / "a.csv") == 1000
    require_room(tmp_path / "not" / "yet", 1, "a run")
    with pytest.raises(NoRoomError, match=r"a run needs 1,000,000,000,000 MB of room on the disk, and [\d,]+ MB are"):
        require_room(tmp_path, 10**18, "a run")
