"""Whether the data meets the definitions of the agreement: each guard's result, with the tolerance of its version.

Belongs here: the expectation, and the message if it is not met. Which rows break a definition is SQL
(dbt_project/models/guards); keys and totals are dbt tests.
"""

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from orchestration.lib.agreement.guards import GuardName
from orchestration.lib.quality.expectations import ExpectationError, Finding, run_expectations

ROWS_SHOWN = 5

RESULTS = "select * from reports.rpt_guard_results where list_contains(?, guard) order by guard, agreement_version"

FIRST_ROWS = """
    select record_type, record_id, owner_name, happened_date, reason
    from reports.rpt_data_quality_issues
    where guard = ? and agreement_version = ?
    order by happened_at desc nulls last, row_count desc, record_type, record_id
    limit ?
"""


def check_guards(connection: duckdb.DuckDBPyConnection, guards: Sequence[GuardName]) -> dict[GuardName, list[Finding]]:
    """One finding per guard and version; if it fails, with the shares and the first rows that break it.

    A version whose guard blocks gives its expectation the severity critical, one whose guard warns the severity
    warning. ExpectationError if a guard has no result at all.
    """
    import great_expectations.expectations as gxe
    from great_expectations.expectations.metadata_types import FailureSeverity
    from great_expectations.expectations.row_conditions import Column

    frame = connection.execute(RESULTS, [list(guards)]).df()
    results = frame.to_dict("records")
    if without := [guard for guard in guards if guard not in {result["guard"] for result in results}]:
        raise ExpectationError(f"guards.{without[0]}: no version of the agreement has a result of it")
    expectations = [
        gxe.ExpectColumnValuesToNotBeInSet(
            column="status",
            value_set=["failed"],
            row_condition=(Column("guard") == result["guard"])
            & (Column("agreement_version") == result["agreement_version"]),
            severity=FailureSeverity.CRITICAL if result["is_blocking"] else FailureSeverity.WARNING,
            meta={"expectation": f"{result['clause']}, {result['definition']}"},
        )
        for result in results
    ]
    findings: dict[GuardName, list[Finding]] = {guard: [] for guard in guards}
    for finding, result in zip(run_expectations(frame, expectations), results, strict=True):
        findings[result["guard"]].append(
            replace(finding, is_evaluated=result["status"] != "not_evaluated")
            if finding.success
            else replace(finding, found=_found(connection, result))
        )
    return findings


def _found(connection: duckdb.DuckDBPyConnection, result: dict) -> str:
    guard, version = result["guard"], result["agreement_version"]
    rows = connection.execute(FIRST_ROWS, [guard, version, ROWS_SHOWN]).fetchall()
    (issues,) = connection.execute(
        "select count(*) from reports.rpt_data_quality_issues where guard = ? and agreement_version = ?",
        [guard, version],
    ).fetchall()[0]
    lines = [
        f"{result['failed_rows']:,} of {result['evaluated_rows']:,} rows under version {version} break it "
        f"({result['failed_rate']:.2%}; at most {result['at_most_rate']:.2%} is tolerated)"
    ]
    for record_type, record_id, owner_name, happened_date, reason in rows:
        day = f" on {happened_date}" if happened_date else ""
        lines.append(f"{record_type} {record_id}, {owner_name}{day}: {reason}")
    if issues > len(rows):
        lines.append(f"and {issues - len(rows):,} more in reports.rpt_data_quality_issues")
    return "\n".join(lines)
