"""Runs jobs of the Dagster project in this process.

Belongs here: loading Dagster, executing, and what came of it. Which jobs there are is defs/automation/.
"""

from functools import cache
from typing import TYPE_CHECKING

from orchestration.commands.endings import end, say

if TYPE_CHECKING:
    import dagster as dg

    from orchestration.commands.preparing import Prepared
    from orchestration.lib.periods import Period


@cache
def _definitions() -> "dg.Definitions":
    say("loading Dagster and the assets ...")
    from orchestration.definitions import defs

    return defs()


def execute(job: str, partition_key: str | None = None) -> bool:
    """Run a job to its end; True if all of it succeeded. KeyboardInterrupt if it was cancelled."""
    definitions = _definitions()
    import dagster as dg

    with dg.DagsterInstance.get() as instance:
        result = definitions.resolve_job_def(job).execute_in_process(
            instance=instance,
            partition_key=partition_key,
            run_config={"loggers": {"console": {}}},
            raise_on_error=False,
        )
        if result.dagster_run.status == dg.DagsterRunStatus.CANCELED:
            raise KeyboardInterrupt
    return result.success


def make_reviews(prepared: "Prepared", periods: "list[Period]") -> list[str]:
    """Review these periods; returns the paths of the pages."""
    for period in periods:
        if not execute(f"review_{period.kind}", period.starts.isoformat()):
            end(f"the review of {period.name} failed; the lines above say why", 1)
    return [str(prepared.place.published / "reviews" / f"{period.name}.html") for period in periods]
