"""The definitions of the agreement: what each guard evaluated, and the first rows that break it with their owner."""

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

ROWS_SHOWN = 10

RESULTS = "select * from reports.rpt_guard_results order by attention_place"

FIRST_ROWS = f"""
    select guard, agreement_version, record_type, record_id, owner_name, happened_date, row_count, reason, place
    from reports.rpt_data_quality_issues
    where place <= {ROWS_SHOWN}
    order by guard, agreement_version, place
"""


def read_guards(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """One row per guard and version, with `rows` (the first that break it) and `hidden_rows` (how many more do)."""
    issues = read_rows(connection, FIRST_ROWS)
    guards = read_rows(connection, RESULTS)
    for guard in guards:
        key = (guard["guard"], guard["agreement_version"])
        guard["rows"] = [row for row in issues if (row["guard"], row["agreement_version"]) == key]
        guard["hidden_rows"] = guard["failed_rows"] - sum(row["row_count"] for row in guard["rows"])
    return guards


def count_guards(connection: duckdb.DuckDBPyConnection) -> Row:
    """How many guards evaluated anything, how many of them fail in any version, and how many had no row to
    evaluate.
    """
    results = read_rows(connection, RESULTS)
    evaluated = {row["guard"] for row in results if row["status"] != "not_evaluated"}
    return {
        "guards": len(evaluated),
        "failed": len({row["guard"] for row in results if row["status"] == "failed"}),
        "not_evaluated": len({row["guard"] for row in results} - evaluated),
    }
