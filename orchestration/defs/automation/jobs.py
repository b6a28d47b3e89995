"""Jobs and when they run.

Belongs here: what runs together, and the schedules. They are off until a person turns them on in Dagster's UI.
"""

import dagster as dg

from orchestration.defs.resources import company_zone
from orchestration.defs.reviews.assets import FISCAL_START, PARTITIONS, first_months

REVIEWS = dg.AssetSelection.groups("reviews")

build = dg.define_asset_job(
    "build",
    selection=dg.AssetSelection.all() - REVIEWS,
    description="Exports to published copy and board: ingest, build, check, publish.",
)


def review_job(kind: str) -> dg.ScheduleDefinition:
    """The job `review_<kind>`, and the schedule that runs it for the period that has just ended."""
    # After the morning's build of the day on which the period has ended.
    cron = f"0 7 1 {first_months(kind, FISCAL_START)} *"
    job = dg.define_asset_job(f"review_{kind}", selection=dg.AssetSelection.assets(["reviews", kind]))

    @dg.schedule(name=f"every_{kind}", job=job, cron_schedule=cron, execution_timezone=company_zone())
    def ended_period(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        ended = PARTITIONS[kind].get_partition_keys(current_time=context.scheduled_execution_time)
        return dg.RunRequest(partition_key=ended[-1])

    return ended_period


@dg.definitions
def automation() -> dg.Definitions:
    """A build every morning, and each review on the day after its period has ended."""
    every_morning = dg.ScheduleDefinition(
        name="every_morning", job=build, cron_schedule="0 5 * * *", execution_timezone=company_zone()
    )
    return dg.Definitions(jobs=[build], schedules=[every_morning, *map(review_job, PARTITIONS)])
