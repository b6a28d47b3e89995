"""Runs jobs of the Dagster project in this process.

Belongs here: loading Dagster, executing, and what came of it. Which jobs there are is defs/automation/.
"""

import contextlib
import gc
import io
import logging
import queue
import sys
import threading
import uuid
from functools import cache
from typing import TYPE_CHECKING, TextIO

from orchestration import settings
from orchestration.commands.endings import end, print_line
from orchestration.lib.inspection.last_run import stop_last_run
from orchestration.lib.machine import is_full
from orchestration.lib.warehouse.connection import let_go

if TYPE_CHECKING:
    import dagster as dg

    from orchestration.commands.preparing import Prepared
    from orchestration.lib.periods import Period

# Ends with the process; cli.py looks for it by this name.
THREAD = "dagster"
# Python's own thresholds look for garbage 8,000 times in a run, which makes hardly any: seven seconds of the demo.
FEW_COLLECTIONS = (10_000, 10, 50)


@cache
def _definitions() -> "dg.Definitions":
    print_line("loading Dagster and the assets ...")
    from orchestration.definitions import defs

    gc.set_threshold(*FEW_COLLECTIONS)
    loaded = defs()
    gc.freeze()  # it stays until the process ends, and each collection would look through it
    return loaded


def execute(prepared: "Prepared", job: str, partition_key: str | None = None) -> bool:
    """Run a job to its end; True if all of it succeeded.

    A thread runs it, and this one waits: in the main thread Dagster would keep Ctrl+C to itself until a step ends, or
    report it as a failure.
    """
    definitions = _definitions()
    logging.raiseExceptions = False  # a library whose log finds no room prints a traceback for each of its lines
    done: queue.SimpleQueue[bool | BaseException] = queue.SimpleQueue()
    run_id = str(uuid.uuid4())

    def work() -> None:
        try:
            with contextlib.redirect_stderr(_WithoutFullDisk(sys.stderr)):
                done.put(_run(definitions, job, partition_key, run_id))
        except BaseException as error:
            done.put(error)

    threading.Thread(target=work, name=THREAD, daemon=True).start()
    try:
        result = done.get()
    except KeyboardInterrupt:
        stop_last_run(prepared.place.home)
        with contextlib.suppress(Exception):
            _note_canceled(run_id)
        raise
    let_go()
    if isinstance(result, BaseException):
        raise result
    return result


class _WithoutFullDisk(io.TextIOBase):
    """Prints all but Dagster's own words for a disk without room, which it then raises, or which end the build."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        if text.startswith("Exception while writing logger call") and is_full(text, settings.read_settings().home):
            return len(text)
        return self._stream.write(text)

    def flush(self) -> None:
        self._stream.flush()


def _run(definitions: "dg.Definitions", job: str, partition_key: str | None, run_id: str) -> bool:
    import dagster as dg

    with dg.DagsterInstance.get() as instance:
        result = definitions.resolve_job_def(job).execute_in_process(
            instance=instance,
            partition_key=partition_key,
            run_config={"loggers": {"console": {}}},
            raise_on_error=False,
            run_id=run_id,
        )
    return result.success


def _note_canceled(run_id: str) -> None:
    """Record in Dagster's history that the run is over."""
    import dagster as dg

    with dg.DagsterInstance.get() as instance:
        if run := instance.get_run_by_id(run_id):
            instance.report_run_canceled(run)


def make_reviews(prepared: "Prepared", periods: "list[Period]") -> list[str]:
    """Review these periods; returns the paths of the pages."""
    for period in periods:
        if not execute(prepared, f"review_{period.kind}", period.starts.isoformat()):
            end(f"the review of {period.name} failed; the lines above give the reason", 1)
    return [str(prepared.place.site / "reviews" / f"{period.name}.html") for period in periods]
