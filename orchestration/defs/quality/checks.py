"""Asset checks by Great Expectations: of arriving data, and of the agreement's definitions.

Belongs here: which checks there are and what they block. Their expectations are in lib/quality/; dbt's tests are
defined with the models.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from orchestration.defs.ingestion.assets import asset_key, tables_by_system
from orchestration.defs.resources import WarehouseResource
from orchestration.lib.agreement.guards import GUARDS, GuardName
from orchestration.lib.csv_files import seed_rows
from orchestration.lib.quality.arrival import check_arrival
from orchestration.lib.quality.definitions import check_guards
from orchestration.lib.quality.expectations import Finding
from orchestration.lib.source_tables import SourceTable
from orchestration.progress import check_text

RESULTS = dg.AssetKey(["reports", "rpt_guard_results"])
ISSUES = dg.AssetKey(["reports", "rpt_data_quality_issues"])
DEFINITIONS = {row["guard"]: row["definition"][0].upper() + row["definition"][1:] for row in seed_rows("known_guards")}


def _result(findings: list[Finding], asset: dg.AssetKey, check: str) -> dg.AssetCheckResult:
    """Failed if one finding is; an error, which blocks, only if a critical one is.

    Dagster has no third status: `not_evaluated` is the number of findings without a row to evaluate.
    """
    failed = [finding for finding in findings if not finding.success]
    stops = any(finding.is_critical for finding in failed)
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=check,
        passed=not failed,
        severity=dg.AssetCheckSeverity.ERROR if stops else dg.AssetCheckSeverity.WARN,
        description=check_text(finding.sentence for finding in failed),
        metadata={
            "expectations": len(findings),
            "failed": len(failed),
            "not_evaluated": sum(not finding.is_evaluated for finding in findings),
        },
    )


def arrival_checks(system: str, tables: list[SourceTable]) -> dg.AssetChecksDefinition:
    """The checks of a system's source tables; a failure stops everything that is made from the table."""
    description = (
        "The files fit the declaration: required columns and values, accepted values, and few enough rejected rows."
    )
    specs = [
        dg.AssetCheckSpec("arrival", asset=asset_key(table), blocking=True, description=description) for table in tables
    ]

    @dg.multi_asset_check(name=f"arrival_{system}", specs=specs, can_subset=True)
    def arrival(context: dg.AssetCheckExecutionContext, warehouse: WarehouseResource) -> Iterator[dg.AssetCheckResult]:
        selected = [
            table for table, spec in zip(tables, specs, strict=True) if spec.key in context.selected_asset_check_keys
        ]
        with warehouse.open() as connection:
            for table, findings in zip(selected, check_arrival(connection, selected), strict=True):
                yield _result(findings, asset_key(table), "arrival")

    return arrival


def guard_checks(guards: Sequence[GuardName]) -> dg.AssetChecksDefinition:
    """The check of each definition; publishing waits for them, and stops if the guard of a version blocks."""
    specs = [
        dg.AssetCheckSpec(
            guard,
            asset=RESULTS,
            blocking=True,
            additional_deps=[ISSUES],
            description=f"{DEFINITIONS[guard]} (the guard `{guard}` of the agreement): at most the share of rows that "
            "each version tolerates breaks it. The rows that break it are in reports.rpt_data_quality_issues.",
        )
        for guard in guards
    ]

    # One step for all of them: a step takes longer than a check.
    @dg.multi_asset_check(name="guards", specs=specs, can_subset=True)
    def definitions(
        context: dg.AssetCheckExecutionContext, warehouse: WarehouseResource
    ) -> Iterator[dg.AssetCheckResult]:
        selected = {key.name for key in context.selected_asset_check_keys}
        with warehouse.open() as connection:
            for guard, findings in check_guards(connection, [guard for guard in guards if guard in selected]).items():
                yield _result(findings, RESULTS, guard)

    return definitions


@dg.definitions
def quality() -> dg.Definitions:
    """All arrival checks and definition guards."""
    return dg.Definitions(
        asset_checks=[*(arrival_checks(*each) for each in tables_by_system().items()), guard_checks(GUARDS)]
    )
