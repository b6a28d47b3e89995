"""What is removed when it is older than the company keeps it, and what stays whatever its age."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.instance.ref import InstanceRef

from orchestration.history import forget_runs
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.retention import remove_old
from orchestration.lib.store.files import OUTBOX, last_copy
from tests.unit.notifications.receivers import make_message

DAY = 24 * 60 * 60.0
LONG_AGO, TODAY = 1_000_000.0, 1_000_000.0 + 100 * DAY


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    monkeypatch.setenv("DAGSTER_DISABLE_TELEMETRY", "yes")
    log = {"module": "orchestration.history", "class": "KeptSqliteEventLog", "config": {"base_dir": str(tmp_path)}}
    with dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(tmp_path), overrides={"event_log_storage": log})) as made:
        yield made


def test_nothing_is_left_of_an_old_run_and_the_newest_stay(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.history.NEWEST_RUNS", 2)

    @dg.asset
    def leads() -> None:
        """One asset."""

    @dg.asset_check(asset=leads)
    def counted() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=True)

    runs = [dg.materialize([leads, counted], instance=instance).run_id for _ in range(4)]
    now = datetime.now().astimezone()
    assert forget_runs(instance, now - timedelta(days=90)) == 0
    assert forget_runs(instance, now + timedelta(days=1)) == 2
    files = {path.stem for path in tmp_path.glob("*.db*")} - {"index", "runs", "schedules"}
    assert {name.partition(".")[0] for name in files} == set(runs[2:])
    with sqlite3.connect(tmp_path / "index.db") as index:
        for table in ("event_logs", "asset_check_executions"):
            found = index.execute(f"select distinct run_id from {table}").fetchall()
            assert {run_id for (run_id,) in found} == set(runs[2:])
    assert instance.get_latest_materialization_event(dg.AssetKey("leads")) is not None


def test_old_logs_go_and_other_files_stay(tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    for name, day in (("dbt.log", LONG_AGO), ("dbt.log.1", LONG_AGO), ("new.log", TODAY), ("notes.txt", LONG_AGO)):
        (logs / name).write_text("text")
        os.utime(logs / name, (day, day))
    replay = tmp_path / "replay"
    replay.mkdir()
    os.utime(replay, (LONG_AGO, LONG_AGO))
    removed = remove_old(tmp_path, (logs, tmp_path / "missing"), tmp_path / "store" / OUTBOX, TODAY - DAY)
    assert removed == ["2 logs", "the rest of a killed comparison"]
    assert sorted(path.name for path in logs.iterdir()) == ["new.log", "notes.txt"]
    assert not replay.exists()
    assert not (tmp_path / "store").exists()


def test_the_texts_of_sent_messages_go_and_nothing_is_sent_twice(tmp_path: Path) -> None:
    path = tmp_path / "store" / OUTBOX
    old, new, failed = map(make_message, range(3))
    with Outbox(path) as outbox:
        outbox.queue([old, new, failed], LONG_AGO)
        outbox.sent(old.key, LONG_AGO)
        outbox.sent(new.key, TODAY)
        outbox.failed(failed.key, "no such address")
    assert remove_old(tmp_path, (), path, TODAY - DAY) == ["the text of 1 sent message"]
    assert remove_old(tmp_path, (), path, TODAY - DAY) == []
    with Outbox(path) as outbox:
        assert outbox.queue([old, new, failed], TODAY) == 0
        assert outbox.counts() == {(old.channel, "failed"): 1, (old.channel, "sent"): 2}
    copy = last_copy(tmp_path / "store", OUTBOX)
    assert copy
    for file in (path, copy):
        with sqlite3.connect(file) as connection:
            texts = connection.execute("select message_key, subject = '', body = '', address = '' from messages")
            assert {key: tuple(empty) for key, *empty in texts} == {
                old.key: (1, 1, 1),
                new.key: (0, 0, 0),
                failed.key: (0, 0, 0),
            }


def test_tasks_keep_their_texts_as_their_file_does(tmp_path: Path) -> None:
    with Outbox(tmp_path / OUTBOX) as outbox:
        task = make_message(1, "tasks", "hubspot")
        outbox.queue([task], LONG_AGO)
        outbox.sent(task.key, LONG_AGO)
        assert outbox.empty_sent(TODAY) == 0
