"""The review: one page and the proposed version per ended period of each kind that can be reviewed.

Belongs here: partitions and assets. Rates are measured in rpt_review_rates, targets are computed in lib/review/,
the page is in lib/pages/.
"""

import datetime

import dagster as dg
import duckdb

from orchestration.defs.resources import FIRST_YEAR, SETTINGS, CompanyResource, review_cycles
from orchestration.defs.transformation.assets import OWNERS
from orchestration.lib.company.folder import Company
from orchestration.lib.pages import render_review, write_listings, write_page
from orchestration.lib.periods import Cycle, Period
from orchestration.lib.review.agenda import counted_text, interval_text
from orchestration.lib.review.findings import finding_items
from orchestration.lib.review.items import Item
from orchestration.lib.review.kept import lines_of
from orchestration.lib.review.measured import Review, review_period
from orchestration.lib.review.next_version import NextVersion, read_next_version
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.publishing import current_copy
from orchestration.mistakes import Mistake

LAST_YEAR = 2100
AS_OF = "select as_of_date from marts.dim_build"
# Quarters, half-years and those of another cycle that is agreed; the last kind is the one whose reviews are due.
CYCLES = review_cycles()
DUE = list(CYCLES)[-1]


def first_months(cycle: Cycle) -> str:
    """The months in which a period begins, as cron lists them; all, where the periods do not divide the year."""
    if 12 % cycle.months:
        return "*"
    return ",".join(str(month) for month in range(1, 13) if (month - cycle.counted_from.month) % cycle.months == 0)


def partitions(cycle: Cycle) -> dg.PartitionsDefinition:
    """Each period by its first day. Cron cannot count nine months: such periods are a list, also of those to come."""
    if 12 % cycle.months == 0:
        return dg.TimeWindowPartitionsDefinition(
            start=f"{FIRST_YEAR}-01-01", cron_schedule=f"0 0 1 {first_months(cycle)} *", fmt="%Y-%m-%d"
        )
    day, keys = datetime.date(FIRST_YEAR, 1, 1), []
    while day.year < LAST_YEAR:
        period = cycle.period_of(day)
        keys.append(period.starts.isoformat())
        day = period.ends
    return dg.StaticPartitionsDefinition(keys)


PARTITIONS = {kind: partitions(cycle) for kind, cycle in CYCLES.items()}


def review_asset(kind: str, cycle: Cycle, partitions_def: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """The review of every period of one kind."""

    @dg.asset(
        key=["reviews", kind],
        group_name="reviews",
        owners=OWNERS["agreement"],
        partitions_def=partitions_def,
        deps=[["published", "copy"]],
        kinds={"html", "yaml"},
        description=f"Measured rates of one period of {cycle.months} months, and the targets that follow, old and new.",
    )
    def review(context: dg.AssetExecutionContext, company: CompanyResource) -> dg.MaterializeResult:
        period = cycle.period_of(datetime.date.fromisoformat(context.partition_key))
        page = SETTINGS.site / "reviews" / f"{period.name}.html"
        with open_warehouse(current_copy(SETTINGS.published), read_only=True) as connection:
            _require_ended(connection, period)
            result = review_period(connection, period)
            findings = _findings(result, finding_items(connection, period))
            proposed = _next_version(connection, result, company.open())
            write_page(page, render_review(connection, result, proposed))
            write_listings(SETTINGS.site, connection)
        if isinstance(proposed, NextVersion):
            write_page(page.with_suffix(".yml"), proposed.text)
        else:
            page.with_suffix(".yml").unlink(missing_ok=True)
        return dg.MaterializeResult(metadata={"path": str(page), **findings})

    return review


def _require_ended(connection: duckdb.DuckDBPyConnection, period: Period) -> None:
    ((as_of,),) = connection.execute(AS_OF).fetchall()
    if period.ends > as_of:
        text = f"{period.name} has not ended in the published copy, which is as of {as_of}; run it after a later build"
        raise dg.Failure(text, allow_retries=False)


def _findings(review: Review, found: tuple[Item, ...]) -> dict[str, dg.MetadataValue | int]:
    """What Dagster shows of a review beside its page: the lines that would change, and what was found."""
    changed = [
        {
            "line": each.line,
            "agreed": each.agreed,
            "measured": each.measured,
            "interval": interval_text(each),
            "basis": f"{each.basis}: {counted_text(each)}",
            "proposed": each.proposed,
        }
        for each in lines_of(review)
        if each.is_changed
    ]
    findings = [
        {
            "finding": each.line,
            "figures": each.figures,
            "team": each.team or "both",
            "proposed_owner": each.owner,
            "proposed_date": each.due and each.due.isoformat(),
        }
        for each in found
    ]
    return {"proposals": len(review.proposals), "changed_lines": _table(changed), "findings": _table(findings)}


def _table(rows: list[dict]) -> dg.MetadataValue:
    columns = [dg.TableColumn(name) for name in (rows[0] if rows else ())]
    return dg.MetadataValue.table([dg.TableRecord(row) for row in rows], dg.TableSchema(columns))


def _next_version(connection: duckdb.DuckDBPyConnection, review: Review, company: Company) -> NextVersion | str:
    """The version that the review proposes, or why it proposes none."""
    try:
        return read_next_version(connection, review, company)
    except Mistake as mistake:
        return str(mistake)


@dg.definitions
def reviews() -> dg.Definitions:
    """The review asset of each kind."""
    return dg.Definitions(assets=[review_asset(kind, CYCLES[kind], PARTITIONS[kind]) for kind in CYCLES])
