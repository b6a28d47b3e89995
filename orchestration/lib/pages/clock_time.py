"""Whose time it was while the clocks of a month ran: one section of the scorecard.

Belongs here: the rows of each month as a page shows them. What is whose time is SQL (fct_clock_owners).
"""

from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.pages.reading import by_month
from orchestration.lib.warehouse.rows import Row, read_rows

TIMES = "select * from reports.rpt_clock_time order by team desc, commitment, scope desc, owner_name, owner_id"


def read_clock_time(connection: duckdb.DuckDBPyConnection) -> dict[date, list[Row]]:
    """Of each month each commitment with its time, then the owners who were absent, or the cover of somebody."""
    return {month: _promises(rows) for month, rows in by_month(read_rows(connection, TIMES)).items()}


def _promises(rows: list[Row]) -> list[Row]:
    rows = [row for row in rows if row["scope"] == "team" or row["cover_hours"] + row["absent_hours"]]
    groups = groupby(rows, key=itemgetter("team", "commitment"))
    return [{"team": team, "commitment": commitment, "lines": list(lines)} for (team, commitment), lines in groups]
