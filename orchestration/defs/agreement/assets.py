"""The versions of the agreement, from agreements/<version>.yml into raw.agreement__*, and their seals.

Belongs here: the asset and its checks. What an agreement may contain is defined in lib/agreement/.
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.resources import CompanyResource, WarehouseResource
from orchestration.defs.transformation.assets import source_spec
from orchestration.lib.agreement.contract import TABLES
from orchestration.lib.agreement.reading import AgreementError, read_agreements
from orchestration.lib.agreement.seals import broken_seals, doubtful_seals
from orchestration.lib.agreement.tables import write_tables
from orchestration.progress import check_text


@dg.multi_asset(specs=[source_spec("agreement", table, "agreement", kinds={"yaml", "duckdb"}) for table in TABLES])
def agreement(warehouse: WarehouseResource, company: CompanyResource) -> Iterator[dg.MaterializeResult]:
    """All versions as tables; an agreement that contradicts itself stops the build before its first use."""
    try:
        versions = read_agreements(company.open().agreements)
    except AgreementError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    with warehouse.open() as connection:
        rows = write_tables(connection, versions)
    for table, count in rows.items():
        yield dg.MaterializeResult(asset_key=["agreement", table], metadata={"dagster/row_count": count})


@dg.asset_check(asset=["agreement", "versions"], blocking=True)
def sealed_versions_are_unchanged(company: CompanyResource) -> dg.AssetCheckResult:
    """The text is still the signed text; a changed clause stops everything that would be evaluated by it."""
    broken = broken_seals(company.open().agreements)
    return dg.AssetCheckResult(passed=not broken, severity=dg.AssetCheckSeverity.ERROR, description=check_text(broken))


@dg.asset_check(asset=["agreement", "versions"])
def signatures_have_seals(company: CompanyResource) -> dg.AssetCheckResult:
    """Every signature was made by `smarketing sign`, which keeps the signed text; a typed signature does not count."""
    doubts = doubtful_seals(company.open().agreements)
    return dg.AssetCheckResult(passed=not doubts, severity=dg.AssetCheckSeverity.WARN, description=check_text(doubts))
