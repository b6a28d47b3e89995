"""The versions of the agreement, from agreements/<version>.yml into raw.agreement__*.

Belongs here: the asset. What an agreement may say is lib/agreement/.
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.resources import CompanyResource, WarehouseResource
from orchestration.lib.agreement.reading import AgreementError, read_agreements
from orchestration.lib.agreement.tables import TABLES, write_tables


@dg.multi_asset(
    specs=[dg.AssetSpec(["agreement", table], group_name="agreement", kinds={"yaml", "duckdb"}) for table in TABLES]
)
def agreement(warehouse: WarehouseResource, company: CompanyResource) -> Iterator[dg.MaterializeResult]:
    """All versions as tables; an agreement that contradicts itself stops the build before anything is judged by it."""
    try:
        versions = read_agreements(company.open().agreements)
    except AgreementError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    with warehouse.open() as connection:
        rows = write_tables(connection, versions)
    for table, count in rows.items():
        yield dg.MaterializeResult(asset_key=["agreement", table], metadata={"dagster/row_count": count})
