"""dbt in this process: the manifest that it was parsed to, a build of it node by node, and its docs as one page.

Belongs here: calling dbt's own runner. The place of the manifest, and when it is parsed again, is in manifest.py; the
nodes in Dagster are in defs/transformation/.
"""

from __future__ import annotations

import contextlib
import queue
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.lib.warehouse.connection import let_go
from orchestration.mistakes import Mistake

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest
    from dbt_common.events.base_types import EventMsg

DONE = ("success", "pass")
# A data test of severity warn; a node that was not run, since a node before it failed.
WARNED = "warn"
SKIPPED = "skipped"


class DbtError(Mistake):
    """dbt stopped before it ran the nodes; the text is dbt's."""

    exit_code = 1


@dataclass(frozen=True)
class NodeResult:
    """The result of one node: `status` and `message` are dbt's, `faults` are the messages that a data test logged."""

    unique_id: str
    status: str
    message: str
    seconds: float
    faults: tuple[str, ...] = ()

    @property
    def success(self) -> bool:
        """The node was built or passed."""
        return self.status in DONE

    @property
    def stops(self) -> bool:
        """Neither success nor a warning: nodes that depend on it are not built."""
        return not self.success and self.status != WARNED


def parsed_manifest(target: Path) -> Manifest:
    """The manifest of the last parse, in dbt's own form."""
    from dbt.contracts.graph.manifest import Manifest

    manifest = Manifest.from_msgpack((target / "partial_parse.msgpack").read_bytes())
    manifest.build_flat_graph()
    return manifest


def build(
    project: Path,
    target: Path,
    logs: Path,
    arguments: Sequence[str],
    verb: str = "build",
    rendered: Path | None = None,
) -> Iterator[NodeResult]:
    """Run `dbt build` in the folder of the project, with the manifest in `target`, and yield each node that was run.

    dbt's log is dbt.log in the folder `logs`, what it renders alike in every run in the file `rendered`. dbt runs in a
    thread, so that results are reported while it works; the thread ends with the process. DbtError if dbt itself fails.
    """
    from dbt.cli.main import dbtRunner

    from orchestration.lib.warehouse.rendering import rendered_once

    let_go()
    logs.mkdir(parents=True, exist_ok=True)
    (logs / "dbt.log").unlink(missing_ok=True)
    options = [*_options(target, logs), "--no-write-json", "--use-fast-test-edges"]
    events: queue.SimpleQueue[NodeResult | BaseException | None] = queue.SimpleQueue()
    manifest = parsed_manifest(target)
    runner = dbtRunner(manifest, callbacks=[_Listener(events)])

    def work() -> None:
        try:
            events.put(runner.invoke([verb, *arguments, *options]).exception)
        except BaseException as error:
            events.put(error)

    thread = threading.Thread(target=work, daemon=True)
    # dbt finds the warehouse relative to the project.
    with contextlib.chdir(project), rendered_once(manifest, rendered):
        thread.start()
        while isinstance(event := events.get(), NodeResult):
            yield event
        thread.join()
    _release_warehouse()
    if event is not None:
        raise DbtError(str(event)) from event


def docs_page(project: Path, target: Path) -> str:
    """The page of `dbt docs generate --static`: all models with their columns, as they are in the warehouse.

    It is made in a folder of its own, so that the manifest in `target` stays as it is. DbtError if dbt fails.
    """
    from dbt.cli.main import dbtRunner

    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(target / "manifest.json", Path(folder, "manifest.json"))
        command = ["docs", "generate", "--static", "--no-compile", *_options(Path(folder), Path(folder))]
        with contextlib.chdir(project):
            result = dbtRunner(parsed_manifest(target)).invoke(command)
        _release_warehouse()
        page = Path(folder, "static_index.html")
        if not result.success or not page.is_file():
            raise DbtError(str(result.exception or "dbt made no page of its docs"))
        return page.read_text(encoding="utf-8")


def _options(target: Path, logs: Path) -> list[str]:
    places = ["--project-dir", ".", "--profiles-dir", ".", "--target-path", str(target)]
    return [*places, "--log-path", str(logs), "--log-level", "none", "--log-level-file", "info"]


def _release_warehouse() -> None:
    """Close the warehouse, which the adapter of the embedded engine holds open until the process ends."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import reset_adapters

    reset_adapters()
    if DuckDBConnectionManager._ENV is not None:
        DuckDBConnectionManager.env().close()
        DuckDBConnectionManager.close_all_connections()


class _Listener:
    """Selects the results of nodes from dbt's events, and the messages that a test logs before its end."""

    def __init__(self, events: queue.SimpleQueue) -> None:
        self._events = events
        self._faults: dict[str, list[str]] = {}

    def __call__(self, event: EventMsg) -> None:
        if event.info.name == "JinjaLogInfo":
            self._faults.setdefault(event.data.node_info.unique_id, []).append(event.data.msg)
        elif event.info.name == "NodeFinished":
            key, result = event.data.node_info.unique_id, event.data.run_result
            faults = tuple(self._faults.pop(key, ()))
            if result.status == SKIPPED:
                return
            self._events.put(NodeResult(key, result.status, result.message, result.execution_time, faults))
