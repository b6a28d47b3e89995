"""The published copy, and what readers open: board, briefings of its leads, scorecard, agreement, data, list to rework.

Belongs here: the assets. Copying is in lib/warehouse/publishing.py, the pages are in lib/pages/.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from orchestration.defs.closing.assets import newly_closed
from orchestration.defs.resources import SETTINGS, CompanyResource, company_zone, source_tables
from orchestration.defs.transformation.assets import MANIFEST, OWNERS, published_models
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.inspection.openings import openings_of_copy
from orchestration.lib.pages import (
    render_agreement,
    render_agreements,
    render_attribution,
    render_board,
    render_briefings,
    render_customers,
    render_data,
    render_minutes,
    render_scorecard,
    render_sources,
    write_page,
    write_pages,
)
from orchestration.lib.rework import write_rework
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.manifest import descriptions
from orchestration.lib.warehouse.publishing import current_copy, publish, reason_against

# Readers look at it in the morning, after the build of `every_morning`.
IN_THE_MORNING = dg.FreshnessPolicy.cron("0 7 * * *", lower_bound_delta=timedelta(hours=7), timezone=company_zone())
PUBLISHED: dict[str, Any] = {"group_name": "published", "freshness_policy": IN_THE_MORNING}


@dg.asset(
    key=["published", "copy"],
    owners=OWNERS["sources"],
    **PUBLISHED,
    deps=[*published_models(), newly_closed],
    kinds={"duckdb", "parquet"},
)
def copy() -> dg.MaterializeResult:
    """Marts and reports in a separate file and as Parquet, replaced as a whole; only if every check allows it."""
    if reason := reason_against(SETTINGS.warehouse, current_copy(SETTINGS.published), SETTINGS.as_of):
        raise dg.Failure(description=reason, allow_retries=False)
    rows = publish(SETTINGS.warehouse, SETTINGS.published, descriptions(MANIFEST))
    return dg.MaterializeResult(metadata={"path": str(current_copy(SETTINGS.published)), "tables": len(rows), **rows})


@dg.asset(key=["published", "leads"], owners=OWNERS["agreement"], **PUBLISHED, deps=[copy], kinds={"html"})
def leads() -> dg.MaterializeResult:
    """The briefing of each lead on the board, one page per lead; written first, so that the board's links are valid."""
    folder = SETTINGS.published / "leads"
    with open_warehouse(current_copy(SETTINGS.published), read_only=True) as connection:
        pages = render_briefings(connection)
    write_pages(folder, pages)
    return dg.MaterializeResult(metadata={"path": str(folder), "pages": len(pages)})


@dg.asset(key=["published", "board"], owners=OWNERS["agreement"], **PUBLISHED, deps=[copy, leads], kinds={"html"})
def board() -> dg.MaterializeResult:
    """The page for the fifteen-minute morning meeting, from the published copy."""
    return _page("board.html", lambda copy: render_board(copy, openings_of_copy(copy, source_tables())))


@dg.asset(key=["published", "scorecard"], owners=OWNERS["agreement"], **PUBLISHED, deps=[copy], kinds={"html"})
def scorecard() -> dg.MaterializeResult:
    """The page for the monthly meeting: both teams on one page, for the last ended month."""
    return _page("scorecard.html", render_scorecard)


@dg.asset(key=["published", "agreement"], owners=OWNERS["agreement"], **PUBLISHED, deps=[copy], kinds={"html"})
def agreement(company: CompanyResource) -> dg.MaterializeResult:
    """The agreement in words: a page of each version, and the one in force beside the board."""
    versions = read_agreements(company.open().agreements)
    with open_warehouse(current_copy(SETTINGS.published), read_only=True) as connection:
        write_pages(SETTINGS.published / "agreements", render_agreements(connection, versions))
    return _page("agreement.html", lambda copy: render_agreement(copy, versions))


@dg.asset(key=["published", "minutes"], owners=OWNERS["agreement"], **PUBLISHED, deps=[copy], kinds={"html"})
def minutes() -> dg.MaterializeResult:
    """The minutes of each meeting and review on which something was decided, to be printed."""
    folder = SETTINGS.published / "minutes"
    with open_warehouse(current_copy(SETTINGS.published), read_only=True) as connection:
        pages = render_minutes(connection)
    write_pages(folder, pages)
    return dg.MaterializeResult(metadata={"path": str(folder), "pages": len(pages)})


@dg.asset(key=["published", "attribution"], owners=OWNERS["attribution"], **PUBLISHED, deps=[copy], kinds={"html"})
def attribution() -> dg.MaterializeResult:
    """The page of the channels by every model of attribution, with what they cost."""
    return _page("attribution.html", render_attribution)


@dg.asset(key=["published", "customers"], owners=OWNERS["revenue"], **PUBLISHED, deps=[copy], kinds={"html"})
def customers() -> dg.MaterializeResult:
    """The page of recurring revenue and of who stays."""
    return _page("customers.html", render_customers)


@dg.asset(key=["published", "sources"], owners=OWNERS["attribution"], **PUBLISHED, deps=[copy], kinds={"html"})
def sources() -> dg.MaterializeResult:
    """The page of what each source brings, and of whom marketing attracts against who buys."""
    return _page("sources.html", render_sources)


@dg.asset(key=["published", "data"], owners=OWNERS["agreement"], **PUBLISHED, deps=[copy], kinds={"html"})
def data() -> dg.MaterializeResult:
    """The page for people who correct exports and records: rejected and excluded rows, identity resolution."""
    return _page("data.html", lambda copy: render_data(copy, openings_of_copy(copy, source_tables())))


@dg.asset(key=["published", "rework"], owners=OWNERS["attribution"], **PUBLISHED, deps=[copy], kinds={"csv"})
def rework() -> dg.MaterializeResult:
    """The recycled leads that wait, as a file for the mailing tool; nobody who has opted out is on it."""
    path = SETTINGS.published / "rework.csv"
    with open_warehouse(current_copy(SETTINGS.published), read_only=True) as connection:
        return dg.MaterializeResult(metadata={"path": str(path), "leads": write_rework(connection, path)})


def _page(name: str, render: Callable[[duckdb.DuckDBPyConnection], str]) -> dg.MaterializeResult:
    path: Path = SETTINGS.published / name
    with open_warehouse(current_copy(SETTINGS.published), read_only=True) as connection:
        write_page(path, render(connection))
    return dg.MaterializeResult(metadata={"path": str(path)})
