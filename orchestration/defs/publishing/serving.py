"""The database for BI tools, where company.yml asks for one.

Belongs here: the asset. What is loaded, and how, is in lib/serving/.
"""

import dagster as dg

from orchestration import settings
from orchestration.defs.publishing.assets import PUBLISHED, copy
from orchestration.defs.resources import SETTINGS
from orchestration.defs.transformation.assets import MANIFEST, OWNERS
from orchestration.lib.company.company_file import CompanyFileError, read_company_file
from orchestration.lib.serving.postgres import ServingError, read_address, serve
from orchestration.lib.warehouse.publishing import current_copy


@dg.asset(key=["published", "postgres"], owners=OWNERS["sources"], **PUBLISHED, deps=[copy], kinds={"postgres"})
def postgres() -> dg.MaterializeResult:
    """Marts and reports in the company's PostgreSQL server, as the published copy has them; only what has changed."""
    try:
        loaded = serve(current_copy(SETTINGS.published), MANIFEST, read_address(settings.read_serving()))
    except ServingError as error:
        raise dg.Failure(description=str(error), allow_retries=False) from error
    counts = {"tables": len(loaded.rows), "unchanged": loaded.unchanged}
    return dg.MaterializeResult(metadata={"dagster/row_count": sum(loaded.rows.values()), **counts})


def is_served() -> bool:
    """Whether the company has a serving database; an invalid company.yml is reported by the asset of its settings."""
    try:
        return read_company_file(SETTINGS.company).serving == "postgres"
    except CompanyFileError:
        return False


@dg.definitions
def serving() -> dg.Definitions:
    """The asset of the database, if there is one."""
    return dg.Definitions(assets=[postgres] if is_served() else [])
