"""Runs jobs of the Dagster project in this process.

Belongs here: loading Dagster, executing, and what came of it. Which jobs there are is defs/automation/.
"""

import contextlib
import queue
import threading
import uuid
from functools import cache
from typing import TYPE_CHECKING

from orchestration.commands.endings import end, print_line
from orchestration.lib.inspection.last_run import stop_last_run

if TYPE_CHECKING:
    import dagster as dg

    from orchestration.commands.preparing import Prepared
    from orchestration.lib.periods import Period

# Ends with the process; cli.py looks for it by this name.
THREAD = "dagster"


@cache
def _definitions() -> "dg.Definitions":
    print_line("loading Dagster and the assets ...")
    from orchestration.definitions import defs

    return defs()


def execute(prepared: "Prepared", job: str, partition_key: str | None = None) -> bool:
    """Run a job to its end; True if all of it succeeded.

    A thread runs it, and this one waits: in the main thread Dagster would keep Ctrl+C to itself until a step ends, or
    report it as a failure.
    """
    definitions = _definitions()
    done: queue.SimpleQueue[bool | BaseException] = queue.SimpleQueue()
    run_id = str(uuid.uuid4())

    def work() -> None:
        try:
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
    if isinstance(result, BaseException):
        raise result
    return result


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
    return [str(prepared.place.published / "reviews" / f"{period.name}.html") for period in periods]
