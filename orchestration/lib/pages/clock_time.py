"""Whose time it was while the clocks of a month ran: one section of the scorecard.

Belongs here: the rows of a month as a page shows them. What is whose time is SQL (fct_clock_owners).
"""

from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

TIMES = (
    "select * from reports.rpt_clock_time where month_date = ? order by team desc, commitment, scope desc, owner_name"
)


def read_clock_time(connection: duckdb.DuckDBPyConnection, month: date) -> list[Row]:
    """Each commitment with its time, then the owners who were absent, or the cover of somebody."""
    rows = read_rows(connection, TIMES, [month])
    rows = [row for row in rows if row["scope"] == "team" or row["cover_hours"] + row["absent_hours"]]
    groups = groupby(rows, key=itemgetter("team", "commitment"))
    return [{"team": team, "commitment": commitment, "lines": list(lines)} for (team, commitment), lines in groups]
