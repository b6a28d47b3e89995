"""Disputes about leads in a month: opened, given back, kept, and open at its end.

Belongs here: one section of the scorecard, and the line of the board. What is in dispute is rpt_disputes' matter.
"""

from datetime import date

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

DISPUTES = "select * from reports.rpt_disputes where month_date = ?"


def read_disputes(connection: duckdb.DuckDBPyConnection, month_date: date) -> Row | None:
    """The figures of the month; None where no dispute was opened, open or decided in it."""
    rows = read_rows(connection, DISPUTES, [month_date])
    return rows[0] if rows else None
