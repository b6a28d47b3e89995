"""The private copy of the warehouse, and what dbt is asked to build in it."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.agreement.reading import read_agreement
from orchestration.lib.comparison import ComparisonError
from orchestration.lib.comparison.replay import Dbt, _moved_by_the_agreement, private_copy, replay
from orchestration.lib.comparison.versions import ALWAYS
from orchestration.lib.machine import NoRoomError
from orchestration.lib.warehouse.connection import WarehouseLockedError


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "warehouse.duckdb"
    path.parent.mkdir()
    with duckdb.connect(path) as connection:
        connection.execute("create table leads as select 42 as lead")
    return path


def test_the_copy_is_private_and_goes(warehouse: Path) -> None:
    folder = warehouse.parent / "replay"
    with private_copy(warehouse, folder) as copy, duckdb.connect(copy) as connection:
        connection.execute("update leads set lead = 7")
        # Meanwhile anybody may write the warehouse.
        with duckdb.connect(warehouse) as original:
            assert original.execute("from leads").fetchall() == [(42,)]
    assert [path.name for path in warehouse.parent.iterdir()] == ["warehouse.duckdb"]


def test_what_was_not_yet_in_the_file_is_copied_too(warehouse: Path) -> None:
    write_and_die = (
        f"import duckdb, os; connection = duckdb.connect({str(warehouse)!r}); "
        "connection.execute(\"set wal_autocheckpoint = '1TB'\"); connection.execute('insert into leads values (43)'); "
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", write_and_die], check=True)
    assert warehouse.with_name("warehouse.duckdb.wal").is_file()
    with private_copy(warehouse, warehouse.parent / "replay") as copy, duckdb.connect(copy) as connection:
        assert connection.execute("from leads order by all").fetchall() == [(42,), (43,)]


@pytest.mark.parametrize("end", [RuntimeError, KeyboardInterrupt])
def test_the_copy_goes_whatever_happens(warehouse: Path, end: type[BaseException]) -> None:
    with pytest.raises(end), private_copy(warehouse, warehouse.parent / "replay"):
        raise end
    assert not (warehouse.parent / "replay").exists()


def test_what_a_killed_comparison_left_goes_first(warehouse: Path) -> None:
    left = warehouse.parent / "replay"
    left.mkdir()
    (left / "warehouse.duckdb").write_text("half a copy")
    (left / "warehouse.duckdb.wal").write_text("half of the rest")
    with private_copy(warehouse, left) as copy, duckdb.connect(copy) as connection:
        assert connection.execute("from leads").fetchall() == [(42,)]
    assert not left.exists()


def test_one_comparison_at_a_time(warehouse: Path) -> None:
    other = os.open(warehouse.parent, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    with (
        pytest.raises(ComparisonError, match="another comparison is running"),
        private_copy(warehouse, warehouse.parent / "replay"),
    ):
        raise AssertionError("there are two")
    os.close(other)
    with private_copy(warehouse, warehouse.parent / "replay"):
        pass


def test_a_full_disk(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = 2 * warehouse.stat().st_size - 1
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(0, 0, free))  # type: ignore[attr-defined]
    with pytest.raises(NoRoomError, match="make room"), private_copy(warehouse, warehouse.parent / "replay"):
        raise AssertionError("there was room")
    assert not (warehouse.parent / "replay").exists()


def test_a_build_that_is_running(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.lib.comparison.replay.TIMEOUT_SECONDS", 0.0)
    hold = f"import duckdb, time; connection = duckdb.connect({str(warehouse)!r}); print(1, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline()
        with (
            pytest.raises(WarehouseLockedError, match=rf"another process \(PID {holder.pid}\) has the warehouse open"),
            private_copy(warehouse, warehouse.parent / "replay"),
        ):
            raise AssertionError("the file was half written")
        holder.kill()
    assert not (warehouse.parent / "replay").exists()


def test_dbt_that_fails_is_quoted(valid: str, write: Callable[..., Path], warehouse: Path, tmp_path: Path) -> None:
    script = tmp_path / "dbt"
    script.write_text('#!/bin/sh\necho "$MODEL is wrong" "$@"\nexit 1\n')
    script.chmod(0o755)
    dbt = Dbt(tmp_path, list, str(script), {"MODEL": "fct_journeys"}, tmp_path / "logs" / "compare.log")
    with pytest.raises(
        ComparisonError, match=r"could not replay version 2026-01:\nfct_journeys is wrong build .* --select \+b "
    ):
        replay(warehouse, read_agreement(write(valid)), ["b"], dbt, None)
    assert "fct_journeys is wrong" in dbt.log.read_text()
    with duckdb.connect(warehouse) as connection:
        assert connection.execute(
            "select agreement_version, effective_from from raw.agreement__versions"
        ).fetchall() == [("2026-01", ALWAYS)]


def test_only_what_the_agreement_moves_is_built_again(tmp_path: Path) -> None:
    """versions -> company -> dates -> report, and versions -> clocks -> report; unread is read by nobody."""
    edges = {
        "source.versions": ["model.stg_versions"],
        "source.leads": ["model.leads"],
        "model.stg_versions": ["model.stg_agreement__company", "model.clocks", "model.unread"],
        "model.stg_agreement__company": ["model.dates"],
        "model.leads": ["model.dates"],
        "model.dates": ["model.clocks", "model.report"],
        "model.clocks": ["model.report", "test.clocks"],
        "model.report": [],
    }
    parents: dict[str, list[str]] = {}
    for parent, children in edges.items():
        for child in children:
            parents.setdefault(child, []).append(parent)
    names = {key for children in edges.values() for key in children}
    manifest = {
        "nodes": {key: {"name": key.split(".")[1], "resource_type": key.split(".")[0]} for key in names},
        "sources": {
            "source.versions": {"source_name": "agreement"},
            "source.leads": {"source_name": "crm"},
        },
        "child_map": edges,
        "parent_map": parents,
    }
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(manifest))
    assert _moved_by_the_agreement(path, {"report"}) == ["clocks", "report", "stg_versions"]
