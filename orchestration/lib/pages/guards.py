"""The definitions of the agreement: what each guard evaluated, and the first rows that break it with their owner."""

import duckdb

from orchestration.lib.pages.reading import Row, read_rows

ROWS_SHOWN = 10

# What needs somebody comes first.
RESULTS = """
    select *
    from reports.rpt_guard_results
    order by
        status = 'not_evaluated', status = 'passed', status = 'tolerated', not is_blocking, failed_rate desc, guard,
        agreement_version
"""

FIRST_ROWS = f"""
    select
        guard, agreement_version, record_type, record_id, owner_name, happened_date, row_count, reason,
        row_number() over latest_first as place
    from reports.rpt_data_quality_issues
    window latest_first as (
        partition by guard, agreement_version
        order by happened_at desc nulls last, row_count desc, record_type, record_id
    )
    qualify place <= {ROWS_SHOWN}
    order by guard, agreement_version, place
"""

COUNTS = """
    select
        count(distinct guard) filter (where status <> 'not_evaluated') as guards,
        count(distinct guard) filter (where status = 'failed') as failed,
        count(distinct guard) - count(distinct guard) filter (where status <> 'not_evaluated') as not_evaluated
    from reports.rpt_guard_results
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
    return read_rows(connection, COUNTS)[0]
