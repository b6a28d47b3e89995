"""Jobs and when they run.

Belongs here: what runs together, and the schedules. They are off until someone turns them on in Dagster's UI.
"""

import dagster as dg

from orchestration.defs.resources import SETTINGS, source_tables
from orchestration.defs.reviews.assets import PARTITIONS
from orchestration.lib.agreement.reading import AgreementError, read_agreements
from orchestration.lib.agreement.versions import latest_in_force
from orchestration.lib.company import CompanyError, open_company
from orchestration.settings import EXAMPLES

REVIEWS = dg.AssetSelection.groups("reviews")
# After the morning's build of the day on which the period has ended.
CRON = {"quarter": "0 7 1 1,4,7,10 *", "half_year": "0 7 1 1,7 *"}

build = dg.define_asset_job(
    "build",
    selection=dg.AssetSelection.all() - REVIEWS,
    description="Exports to published copy and board: ingest, build, check, publish.",
)


def company_zone() -> str:
    """The zone of the latest version in force; UTC while there is none that can be read."""
    try:
        company = open_company(SETTINGS.company, source_tables(), EXAMPLES)
        return latest_in_force(read_agreements(company.agreements)).company.time_zone
    except (CompanyError, AgreementError):
        return "UTC"


def review_job(kind: str) -> dg.ScheduleDefinition:
    """The job `review_<kind>` and the schedule that runs it for the period that has just ended."""
    job = dg.define_asset_job(f"review_{kind}", selection=dg.AssetSelection.assets(["reviews", kind]))

    @dg.schedule(name=f"every_{kind}", job=job, cron_schedule=CRON[kind], execution_timezone=company_zone())
    def ended_period(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        ended = PARTITIONS[kind].get_partition_keys(current_time=context.scheduled_execution_time)
        return dg.RunRequest(partition_key=ended[-1])

    return ended_period


@dg.definitions
def automation() -> dg.Definitions:
    """Every morning a build; each review on the day after its period has ended."""
    every_morning = dg.ScheduleDefinition(
        name="every_morning", job=build, cron_schedule="0 5 * * *", execution_timezone=company_zone()
    )
    return dg.Definitions(jobs=[build], schedules=[every_morning, *map(review_job, PARTITIONS)])
