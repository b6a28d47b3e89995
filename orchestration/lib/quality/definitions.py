"""Whether the data meets the definitions of the agreement: each guard's result, with the tolerance of its version.

Belongs here: the expectation, and the message if it is not met. Which rows break a definition is SQL
(dbt_project/models/guards); keys and totals are dbt tests.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import duckdb

from orchestration.lib.agreement.guards import GuardName
from orchestration.lib.formats import count, label, words, written
from orchestration.lib.language import ENGLISH, gettext, language, translated
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
            meta={"expectation": f"{result['clause']}, {definition_text(result['definition'])}"},
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
        gettext(
            "%(failed)s of %(rows)s rows under version %(version)s break it (%(share)s; at most %(most)s is tolerated)",
            failed=count(result["failed_rows"]),
            rows=count(result["evaluated_rows"]),
            version=version,
            share=written(f"{result['failed_rate']:.2%}"),
            most=written(f"{result['at_most_rate']:.2%}"),
        ),
        *(_issue(*row) for row in rows),
    ]
    if issues > len(rows):
        number = count(issues - len(rows))
        lines.append(gettext("and %(number)s more in reports.rpt_data_quality_issues", number=number))
    return "\n".join(lines)


def _issue(record_type: str, record_id: str, owner_name: str, day: date | None, reason: str) -> str:
    values = {
        "record": f"{record_type if language() == ENGLISH else translated(words(record_type))} {record_id}",
        "owner": translated(owner_name) if owner_name == "(no owner)" else owner_name,
        "reason": translated(reason),
    }
    if not day:
        return gettext("%(record)s, %(owner)s: %(reason)s", **values)
    return gettext("%(record)s, %(owner)s on %(day)s: %(reason)s", day=day, **values)


def definition_text(definition: str) -> str:
    """A definition of known_guards.csv within a sentence, in the language that is spoken."""
    found = translated(label(definition))
    return definition if language() == ENGLISH else found[0].lower() + found[1:]
