"""The quarterly and the half-yearly review: one page and the proposed version per ended period of the fiscal year.

Belongs here: partitions and assets. Rates are measured in rpt_review_rates, targets are computed in lib/review/,
the page is in lib/pages/.
"""

import datetime

import dagster as dg
import duckdb

from orchestration.defs.resources import SETTINGS, CompanyResource, fiscal_start
from orchestration.defs.transformation.assets import OWNERS
from orchestration.lib.company.folder import Company
from orchestration.lib.pages import render_review, write_page
from orchestration.lib.periods import MONTHS, Period
from orchestration.lib.review.measured import Review, review_period
from orchestration.lib.review.next_version import NextVersion, read_next_version
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.publishing import current_copy
from orchestration.mistakes import Mistake

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
    def review(context: dg.AssetExecutionContext, company: CompanyResource) -> dg.MaterializeResult:
        period = Period(datetime.date.fromisoformat(context.partition_key), MONTHS[kind], FISCAL_START)
        page = SETTINGS.published / "reviews" / f"{period.name}.html"
        with open_warehouse(current_copy(SETTINGS.published), read_only=True) as connection:
            result = review_period(connection, period)
            proposed = _next_version(connection, result, company.open())
            write_page(page, render_review(connection, result, proposed))
        if isinstance(proposed, NextVersion):
            write_page(page.with_suffix(".yml"), proposed.text)
        else:
            page.with_suffix(".yml").unlink(missing_ok=True)
        return dg.MaterializeResult(metadata={"path": str(page), "proposals": len(result.proposals)})

    return review


def _next_version(connection: duckdb.DuckDBPyConnection, review: Review, company: Company) -> NextVersion | str:
    """The version that the review proposes, or why it proposes none."""
    try:
        return read_next_version(connection, review, company)
    except Mistake as mistake:
        return str(mistake)


@dg.definitions
def reviews() -> dg.Definitions:
    """Both review assets."""
    return dg.Definitions(assets=[review_asset(kind) for kind in PARTITIONS])
