"""Opening the warehouse: in UTC, closed at the end, and with a clear message when another process has it open."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.warehouse.connection import (
    WarehouseBrokenError,
    WarehouseLockedError,
    let_go,
    open_for_step,
    open_warehouse,
)

HOLD = "import duckdb, sys; connection = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen]:
    """Another process that has the warehouse open until its input is closed."""
    path = str(tmp_path / "warehouse.duckdb")
    with subprocess.Popen([sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        yield process


@pytest.mark.parametrize("read_only", [True, False])
def test_the_error_of_a_locked_warehouse_names_the_process(
    tmp_path: Path, holder: subprocess.Popen, read_only: bool
) -> None:
    path = tmp_path / "warehouse.duckdb"
    with pytest.raises(WarehouseLockedError) as caught, open_warehouse(path, read_only, timeout_seconds=0):
        pass
    assert str(caught.value).startswith(
        f"{path}: another process (PID {holder.pid}) has the warehouse open; wait until"
    )
    assert "open the published copy" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_it_waits_for_a_process_that_is_ending(tmp_path: Path, holder: subprocess.Popen) -> None:
    assert holder.stdin is not None
    holder.stdin.close()
    with open_warehouse(tmp_path / "warehouse.duckdb", timeout_seconds=20) as connection:
        assert connection.execute("select 1").fetchall() == [(1,)]


def test_only_its_owner_can_read_a_warehouse(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "warehouse.duckdb"):
        pass
    assert (tmp_path / "warehouse.duckdb").stat().st_mode & 0o077 == 0


def test_times_are_utc_and_the_file_is_released(tmp_path: Path) -> None:
    path = tmp_path / "new" / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        connection.execute("create table facts as select timestamptz '2026-01-01 00:00:00+01:00' as happened_at")
        assert connection.execute("select happened_at::varchar from facts").fetchall() == [("2025-12-31 23:00:00+00",)]
    # If the first connection were still open, this process would refuse a second one with another mode.
    with open_warehouse(path, read_only=True) as connection, pytest.raises(duckdb.InvalidInputException):
        connection.execute("drop table facts")


@pytest.mark.parametrize("opened", ["connect(path, True)", "open_warehouse(path)"])
def test_no_progress_of_long_queries_is_printed(tmp_path: Path, opened: str) -> None:
    """Nor where a process is interactive to DuckDB, as with `python -c`, and `-m` of a module whose package has it."""
    duckdb.connect(tmp_path / "warehouse.duckdb").close()
    lines = [
        "import pathlib, sys",
        "from orchestration.lib.warehouse.connection import connect, open_warehouse",
        "path = pathlib.Path(sys.argv[1])",
        f"with {opened} as connection:",
        "    print(connection.execute(\"select current_setting('enable_progress_bar')\").fetchall())",
    ]
    command = [sys.executable, "-c", "\n".join(lines), str(tmp_path / "warehouse.duckdb")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[(False,)]\n"


def test_steps_share_the_file_until_it_is_opened_in_another_way(tmp_path: Path) -> None:
    path, other = tmp_path / "warehouse.duckdb", tmp_path / "other.duckdb"
    with open_for_step(path) as connection:
        connection.execute("create table facts as select timestamptz '2026-01-01 00:00:00+01:00' as happened_at")
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(duckdb.ConnectionException):  # it is still open
        duckdb.connect(path, read_only=True)
    with open_for_step(path) as connection:
        assert connection.execute("select happened_at::varchar from facts").fetchall() == [("2025-12-31 23:00:00+00",)]
    for opened in (open_warehouse(path, read_only=True), open_for_step(other)):
        with opened:
            pass
        duckdb.connect(path, read_only=True).close()
    let_go()
    duckdb.connect(other, read_only=True).close()


def test_a_step_that_fails_leaves_nothing_open_and_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    work = "create table kept as select 1 as fact; begin; create table half as select 1 as fact; from nothing"
    with pytest.raises(duckdb.CatalogException), open_for_step(path) as connection:
        connection.execute(work)
    with duckdb.connect(path, read_only=True) as connection:
        assert connection.execute("select table_name from duckdb_tables()").fetchall() == [("kept",)]


def test_a_file_that_is_not_a_warehouse_is_not_reported_as_locked(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_text("something else entirely" * 1000)
    way_back = r"it cannot be opened .* `smarketing doctor --repair` moves it away"
    with pytest.raises(WarehouseBrokenError, match=way_back), open_warehouse(path):
        pass


@pytest.mark.parametrize(("start", "end"), [(0, 64), (8, 12), (4096, 12288), (9000, None)])
def test_a_damaged_warehouse_is_named_at_once(tmp_path: Path, start: int, end: int | None) -> None:
    """DuckDB's word for damage contains "block", and so may the name of a folder."""
    path = tmp_path / "blockchain" / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        connection.execute("create table facts as select range as number from range(50000)")
    whole = path.read_bytes()
    path.write_bytes(whole[:start] + b"\xff" * (end - start) + whole[end:] if end else whole[:start])
    started = time.monotonic()
    with pytest.raises(WarehouseBrokenError, match="`smarketing doctor --repair` moves it away"), open_warehouse(path):
        pass
    assert time.monotonic() - started < 5


def test_a_warehouse_that_is_missing_is_named(tmp_path: Path) -> None:
    missing = open_warehouse(tmp_path / "blockchain.duckdb", read_only=True)
    with pytest.raises(WarehouseBrokenError, match="there is no such file"), missing:
        pass
