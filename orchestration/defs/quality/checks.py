"""Asset checks by Great Expectations: what may arrive, and what the agreement's definitions demand.

Belongs here: which checks there are and what they stop. What they look at is lib/quality/; dbt's tests come with
the models.
"""

import dagster as dg

from orchestration.defs.resources import WarehouseResource, source_tables
from orchestration.lib.quality.arrival import check_arrival
from orchestration.lib.quality.definitions import GUARDS, Guard, check_guard
from orchestration.lib.quality.expectations import Finding
from orchestration.lib.sources import SourceTable


def _result(findings: list[Finding], severity: dg.AssetCheckSeverity) -> dg.AssetCheckResult:
    broken = [finding for finding in findings if not finding.success]
    return dg.AssetCheckResult(
        passed=not broken,
        severity=severity,
        description="\n".join(f"{finding.expectation}: {finding.found}" for finding in broken) or None,
        metadata={"expectations": len(findings), "broken": len(broken)},
    )


def arrival_check(table: SourceTable) -> dg.AssetChecksDefinition:
    """The check of one source table; a failure stops everything that is made from it."""

    @dg.asset_check(asset=[table.system, table.name], name="arrival", blocking=True)
    def arrival(warehouse: WarehouseResource) -> dg.AssetCheckResult:
        with warehouse.open(read_only=True) as connection:
            return _result(check_arrival(connection, table), dg.AssetCheckSeverity.ERROR)

    return arrival


def guard_check(guard: Guard) -> dg.AssetChecksDefinition:
    """The check of one definition; a blocking one stops the publishing."""
    severity = dg.AssetCheckSeverity.ERROR if guard.is_blocking else dg.AssetCheckSeverity.WARN

    @dg.asset_check(asset=["marts", guard.mart], name=guard.name, blocking=guard.is_blocking, description=guard.clause)
    def definition(warehouse: WarehouseResource) -> dg.AssetCheckResult:
        with warehouse.open(read_only=True) as connection:
            return _result([check_guard(connection, guard)], severity)

    return definition


@dg.definitions
def quality() -> dg.Definitions:
    """All arrival checks and definition guards."""
    return dg.Definitions(asset_checks=[*map(arrival_check, source_tables()), *map(guard_check, GUARDS)])
