"""Dagster's event log in SQLite, with one connection kept per file, and nothing left of a run that is deleted.

Belongs here: that, and which runs are deleted. Dagster's own log opens and closes a file for each of the 1,400 events
of a run, and compiles each statement again, which took a fifth of a whole run. Of a deleted run it leaves the file, and
the results of checks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from dagster import DagsterInstance, RunsFilter
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from orchestration.lib.machine import is_full

# However old they are, so that Dagster's UI has the last state of everything.
NEWEST_RUNS = 10


class KeptSqliteEventLog(SqliteEventLogStorage):
    """The same files and tables; dagster.yaml names it as event_log_storage."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        self._there: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> "KeptSqliteEventLog":
        """The storage that dagster.yaml configures."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard not in self._engines:
                self._engines[shard] = engine = create_engine(
                    self.conn_string_for_shard(shard),
                    pool_size=1,
                    connect_args={"timeout": 30, "check_same_thread": False},
                )
                event.listen(engine, "connect", lambda raw, _: raw.execute("pragma synchronous = normal"))
                self._initdb(engine)
            with self._engines[shard].begin() as connection:
                yield connection

    def store_event(self, event: Any) -> None:
        """Keep an event; without room on the disk the history gets a gap, and what the build itself writes ends it."""
        try:
            super().store_event(event)
        except OperationalError as error:
            if not is_full(error, Path(self._base_dir)):
                raise

    def has_table(self, table_name: str) -> bool:
        """Whether there is such a table; each check would open a separate file."""
        there = super().has_table
        return self._is_there(f"table {table_name}", lambda: there(table_name))

    def has_secondary_index(self, name: str) -> bool:
        """Whether there is such an index of assets, which each read of an asset asks."""
        there = super().has_secondary_index
        return self._is_there(f"index {name}", lambda: there(name))

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        there = super()._has_asset_key_col_on_connection
        return self._is_there(f"column {column_name}", lambda: there(conn, column_name))

    def _is_there(self, name: str, look: Callable[[], bool]) -> bool:
        """What is there once stays: only what is missing is looked for again."""
        if name not in self._there and look():
            self._there.add(name)
        return name in self._there

    def delete_events(self, run_id: str) -> None:
        """Delete the file of the run, and what the index has of it."""
        with self.index_connection() as connection:
            self.delete_events_for_run(connection, run_id)
            checks = AssetCheckExecutionsTable
            connection.execute(checks.delete().where(checks.c.run_id == run_id))
        if engine := self._engines.pop(run_id, None):
            engine.dispose()
        for ending in ("", "-wal", "-shm"):
            Path(self.path_for_shard(run_id) + ending).unlink(missing_ok=True)

    def dispose(self) -> None:
        """Close all files."""
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
        super().dispose()


def forget_runs(instance: DagsterInstance, before: datetime) -> int:
    """Delete the runs that were made before an instant, but not the newest ones; return their number."""
    newest = {record.dagster_run.run_id for record in instance.get_run_records(limit=NEWEST_RUNS)}
    old = instance.get_run_records(RunsFilter(created_before=before))
    gone = [record.dagster_run.run_id for record in old if record.dagster_run.run_id not in newest]
    for run_id in gone:
        instance.delete_run(run_id)
    return len(gone)
