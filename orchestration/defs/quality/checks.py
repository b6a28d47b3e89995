"""Asset checks by Great Expectations: what may arrive, and what the agreement's definitions demand.

Belongs here: which checks there are and what they stop. What they look at is lib/quality/; dbt's tests come with
the models.
"""

import dagster as dg

from orchestration.defs.resources import WarehouseResource, source_tables
from orchestration.lib.agreement.guards import GuardName
from orchestration.lib.quality.arrival import check_arrival
from orchestration.lib.quality.definitions import GUARDS, check_guard
from orchestration.lib.quality.expectations import Finding
from orchestration.lib.sources import SourceTable

RESULTS = dg.AssetKey(["reports", "rpt_guard_results"])
ISSUES = dg.AssetKey(["reports", "rpt_data_quality_issues"])


def _result(findings: list[Finding]) -> dg.AssetCheckResult:
    """Failed if one of them is; an error, which blocks, only if a critical one is."""
    broken = [finding for finding in findings if not finding.success]
    stops = any(finding.is_critical for finding in broken)
    return dg.AssetCheckResult(
        passed=not broken,
        severity=dg.AssetCheckSeverity.ERROR if stops else dg.AssetCheckSeverity.WARN,
        description="\n".join(f"{finding.expectation}: {finding.found}" for finding in broken) or None,
        metadata={"expectations": len(findings), "broken": len(broken)},
    )


def arrival_check(table: SourceTable) -> dg.AssetChecksDefinition:
    """The check of one source table; a failure stops everything that is made from it."""

    @dg.asset_check(asset=[table.system, table.name], name="arrival", blocking=True)
    def arrival(warehouse: WarehouseResource) -> dg.AssetCheckResult:
        with warehouse.open(read_only=True) as connection:
            return _result(check_arrival(connection, table))

    return arrival


def guard_check(guard: GuardName) -> dg.AssetChecksDefinition:
    """The check of one definition; the publishing waits for it and stops where a version says that it blocks."""
    says = f"guards.{guard} of every version of the agreement"

    @dg.asset_check(asset=RESULTS, name=guard, blocking=True, additional_deps=[ISSUES], description=says)
    def definition(warehouse: WarehouseResource) -> dg.AssetCheckResult:
        with warehouse.open(read_only=True) as connection:
            return _result(check_guard(connection, guard))

    return definition


@dg.definitions
def quality() -> dg.Definitions:
    """All arrival checks and definition guards."""
    return dg.Definitions(asset_checks=[*map(arrival_check, source_tables()), *map(guard_check, GUARDS)])
