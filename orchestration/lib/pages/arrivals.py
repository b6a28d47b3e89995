"""What came in and what was not used: files loaded and refused, rows rejected or excluded, durations below zero."""

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

ROWS_SHOWN = 15

SYSTEMS = "select * from reports.rpt_sources where files_loaded is not null order by system"

TO_LOOK_AT = """
    select
        system, file, status, reason, rows_to_correct,
        array_to_string(from_json(undeclared_columns, '["varchar"]'), ', ') as undeclared_columns,
        array_to_string(from_json(missing_columns, '["varchar"]'), ', ') as missing_columns
    from marts.fct_loads
    where has_problems
    order by status desc, rows_to_correct desc, system, file, table_name
"""

EXCLUDED = "select * from marts.fct_excluded_rows order by row_count desc, entity, system, reason, label"

NEGATIVE = """
    select *
    from marts.fct_negative_durations
    where negative_row_count > 0
    order by negative_row_count desc, system, from_event, to_event
"""


def read_arrivals(connection: duckdb.DuckDBPyConnection) -> Row:
    """Sums by system, the files to look at, the rows excluded with their reason, and the durations below zero."""
    files = read_rows(connection, TO_LOOK_AT)
    excluded_rows = read_rows(connection, EXCLUDED)
    return {
        "systems": read_rows(connection, SYSTEMS),
        "files": files[:ROWS_SHOWN],
        "hidden_files": max(0, len(files) - ROWS_SHOWN),
        "excluded_rows": excluded_rows[:ROWS_SHOWN],
        "hidden_excluded": max(0, len(excluded_rows) - ROWS_SHOWN),
        "hidden_row_count": sum(row["row_count"] for row in excluded_rows[ROWS_SHOWN:]),
        "negative": read_rows(connection, NEGATIVE),
    }
