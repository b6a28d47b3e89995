"""Disputes about leads in a month: opened, given back, kept, and open at its end.

Belongs here: one section of the scorecard, and the line of Today. What is in dispute is rpt_disputes' matter.
"""

from datetime import date

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

DISPUTES = "select * from reports.rpt_disputes"


def read_disputes_by_month(connection: duckdb.DuckDBPyConnection) -> dict[date, Row]:
    """The figures of each month that has any."""
    return {row["month_date"]: row for row in read_rows(connection, DISPUTES)}


def read_disputes(connection: duckdb.DuckDBPyConnection, month_date: date) -> Row | None:
    """The figures of the month; None where no dispute was opened, open or decided in it."""
    return read_disputes_by_month(connection).get(month_date)
