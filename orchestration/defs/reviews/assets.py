"""The quarterly and the half-yearly review: one page and one proposal per ended period.

Belongs here: partitions and assets. Rates are measured in rpt_review_rates, targets in lib/review.py, the page in
lib/pages/.
"""

import datetime

import dagster as dg

from orchestration.defs.resources import SETTINGS
from orchestration.lib.pages import render_review, write_page
from orchestration.lib.periods import MONTHS, Period
from orchestration.lib.publishing import current_copy
from orchestration.lib.review import proposal_yaml, review_period
from orchestration.lib.warehouse import open_warehouse

FIRST = "2010-01-01"
PARTITIONS = {
    "quarter": dg.TimeWindowPartitionsDefinition(start=FIRST, cron_schedule="0 0 1 */3 *", fmt="%Y-%m-%d"),
    "half_year": dg.TimeWindowPartitionsDefinition(start=FIRST, cron_schedule="0 0 1 1,7 *", fmt="%Y-%m-%d"),
}


def review_asset(kind: str) -> dg.AssetsDefinition:
    """The review of every period of one kind."""

    @dg.asset(
        key=["reviews", kind],
        group_name="reviews",
        partitions_def=PARTITIONS[kind],
        deps=[["published", "copy"]],
        kinds={"html", "yaml"},
        description=f"Measured rates of one {kind.replace('_', '-')}, and the targets that follow, old against new.",
    )
    def review(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        period = Period(datetime.date.fromisoformat(context.partition_key), MONTHS[kind])
        page = SETTINGS.published / "reviews" / f"{period.name}.html"
        with open_warehouse(current_copy(SETTINGS.published), read_only=True) as connection:
            result = review_period(connection, period)
            write_page(page, render_review(connection, result))
        write_page(page.with_suffix(".yml"), proposal_yaml(result))
        return dg.MaterializeResult(metadata={"path": str(page), "proposals": len(result.proposals)})

    return review


@dg.definitions
def reviews() -> dg.Definitions:
    """Both review assets."""
    return dg.Definitions(assets=[review_asset(kind) for kind in PARTITIONS])
