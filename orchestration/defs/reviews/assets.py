"""The quarterly and the half-yearly review: one page and one proposal per ended period of the fiscal year.

Belongs here: partitions and assets. Rates are measured in rpt_review_rates, targets are computed in lib/review/,
the page is in lib/pages/.
"""

import datetime

import dagster as dg

from orchestration.defs.resources import SETTINGS, fiscal_start
from orchestration.defs.transformation.assets import OWNERS
from orchestration.lib.pages import render_review, write_page
from orchestration.lib.periods import MONTHS, Period
from orchestration.lib.review.measured import proposal_yaml, review_period
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.publishing import current_copy

KINDS = ("quarter", "half_year")
FISCAL_START = fiscal_start()


def first_months(kind: str, fiscal_start: int) -> str:
    """The months in which a period of that kind begins, as cron lists them."""
    months = MONTHS[kind]
    return ",".join(str(month) for month in range(1, 13) if (month - fiscal_start) % months == 0)


# Each period by its first day.
PARTITIONS = {
    kind: dg.TimeWindowPartitionsDefinition(
        start="2010-01-01", cron_schedule=f"0 0 1 {first_months(kind, FISCAL_START)} *", fmt="%Y-%m-%d"
    )
    for kind in KINDS
}


def review_asset(kind: str) -> dg.AssetsDefinition:
    """The review of every period of one kind."""

    @dg.asset(
        key=["reviews", kind],
        group_name="reviews",
        owners=OWNERS["agreement"],
        partitions_def=PARTITIONS[kind],
        deps=[["published", "copy"]],
        kinds={"html", "yaml"},
        description=f"Measured rates of one {kind.replace('_', '-')}, and the targets that follow, old against new.",
    )
    def review(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        period = Period(datetime.date.fromisoformat(context.partition_key), MONTHS[kind], FISCAL_START)
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
