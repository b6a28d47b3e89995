"""Jobs and when they run.

Belongs here: what runs together, and the schedules. They are off until a person turns them on in Dagster's UI.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

import dagster as dg

from orchestration.defs.resources import company_zone
from orchestration.defs.reviews.assets import CYCLES, DUE, first_months
from orchestration.lib.periods import Cycle

REVIEWS = dg.AssetSelection.groups("reviews")

build = dg.define_asset_job(
    "build",
    selection=dg.AssetSelection.all() - REVIEWS,
    description="Exports to published copy and board: ingest, build, check, publish.",
)


# Each for the period of a partition.
REVIEW_JOBS = {
    kind: dg.define_asset_job(f"review_{kind}", selection=dg.AssetSelection.assets(["reviews", kind]))
    for kind in CYCLES
}


def review_schedule(kind: str, cycle: Cycle) -> dg.ScheduleDefinition:
    """Runs a review for the period that has just ended, after the morning's build of the day after it."""
    cron = f"0 7 1 {first_months(cycle)} *"

    @dg.schedule(name=f"every_{kind}", job_name=f"review_{kind}", cron_schedule=cron, execution_timezone=company_zone())
    def ended_period(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        day = context.scheduled_execution_time.astimezone(ZoneInfo(company_zone())).date()
        running = cycle.period_of(day)
        if running.starts != day:
            return dg.SkipReason(f"{running.name} has not ended")
        return dg.RunRequest(partition_key=cycle.period_of(day - timedelta(days=1)).starts.isoformat())

    return ended_period


@dg.definitions
def automation() -> dg.Definitions:
    """A build every morning, and the reviews of the cycle that is due; the job of another kind is run by hand."""
    every_morning = dg.ScheduleDefinition(
        name="every_morning", job=build, cron_schedule="0 5 * * *", execution_timezone=company_zone()
    )
    due = review_schedule(DUE, CYCLES[DUE])
    return dg.Definitions(jobs=[build, *REVIEW_JOBS.values()], schedules=[every_morning, due])
