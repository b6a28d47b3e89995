"""The published copy, and the site that is made of it.

Belongs here: the assets. Copying is in lib/warehouse/publishing.py, the pages are in lib/pages/.
"""

from datetime import timedelta
from typing import Any

import dagster as dg

from orchestration.defs.closing.assets import newly_closed
from orchestration.defs.resources import SETTINGS, CompanyResource, company_zone, source_tables
from orchestration.defs.transformation.assets import MANIFEST, OWNERS, published_models
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.company.company_file import language_of
from orchestration.lib.inspection.openings import openings_of_copy
from orchestration.lib.language import speaking
from orchestration.lib.pages import lead_on, write_site
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


@dg.asset(key=["published", "site"], owners=OWNERS["agreement"], **PUBLISHED, deps=[copy], kinds={"html"})
def site(company: CompanyResource) -> dg.MaterializeResult:
    """The pages and lists for people, from the published copy in one pass; only those that changed are written."""
    versions = read_agreements(company.open().agreements)
    copy = current_copy(SETTINGS.published)
    with speaking(language_of(SETTINGS.company, SETTINGS.language)), open_warehouse(copy, read_only=True) as connection:
        written = write_site(connection, SETTINGS.site, versions, openings_of_copy(connection, source_tables()))
    lead_on(SETTINGS.published, SETTINGS.site)
    return dg.MaterializeResult(metadata={"path": str(SETTINGS.site), **written._asdict()})
