"""Asset checks by Great Expectations: what may arrive, and what the agreement's definitions demand.

Belongs here: which checks there are and what they stop. What they look at is lib/quality/; dbt's tests come with
the models.
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.ingestion.assets import asset_key, tables_by_system
from orchestration.defs.resources import WarehouseResource
from orchestration.lib.agreement.guards import GUARDS, GuardName
from orchestration.lib.quality.arrival import check_arrival
from orchestration.lib.quality.definitions import check_guard
from orchestration.lib.quality.expectations import Finding
from orchestration.lib.source_tables import SourceTable

RESULTS = dg.AssetKey(["reports", "rpt_guard_results"])
ISSUES = dg.AssetKey(["reports", "rpt_data_quality_issues"])


def _result(findings: list[Finding], asset: dg.AssetKey | None = None) -> dg.AssetCheckResult:
    """Failed if one of them is; an error, which blocks, only if a critical one is.

    Dagster knows no third answer: `not_evaluated` says how many had no row to evaluate.
    """
    broken = [finding for finding in findings if not finding.success]
    stops = any(finding.is_critical for finding in broken)
    return dg.AssetCheckResult(
        asset_key=asset,
        passed=not broken,
        severity=dg.AssetCheckSeverity.ERROR if stops else dg.AssetCheckSeverity.WARN,
        description="\n".join(f"{finding.expectation}: {finding.found}" for finding in broken) or None,
        metadata={
            "expectations": len(findings),
            "broken": len(broken),
            "not_evaluated": sum(not finding.is_evaluated for finding in findings),
        },
    )


def arrival_checks(system: str, tables: list[SourceTable]) -> dg.AssetChecksDefinition:
    """The checks of a system's source tables; a failure stops everything that is made from the table."""
    specs = [dg.AssetCheckSpec("arrival", asset=asset_key(table), blocking=True) for table in tables]

    @dg.multi_asset_check(name=f"arrival_{system}", specs=specs, can_subset=True)
    def arrival(context: dg.AssetCheckExecutionContext, warehouse: WarehouseResource) -> Iterator[dg.AssetCheckResult]:
        selected = [
            table for table, spec in zip(tables, specs, strict=True) if spec.key in context.selected_asset_check_keys
        ]
        with warehouse.open(read_only=True) as connection:
            for table, findings in zip(selected, check_arrival(connection, selected), strict=True):
                yield _result(findings, asset_key(table))

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
    return dg.Definitions(
        asset_checks=[*(arrival_checks(*each) for each in tables_by_system().items()), *map(guard_check, GUARDS)]
    )
