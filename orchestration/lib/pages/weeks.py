"""What is promised per week: the week that runs, and the last one that has ended.

Belongs here: reading these weeks for a page. What a week came to is rpt_team_compliance_week.
"""

from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

WEEKS = """
    select * from reports.rpt_team_compliance_week where end_date <= ? or not has_ended
    order by team desc, commitment, period_date
"""


def read_weeks(connection: duckdb.DuckDBPyConnection, end: date) -> list[list[Row]]:
    """Of every weekly promise its weeks until `end`, oldest first, sales first."""
    rows = read_rows(connection, WEEKS, [end])
    return [list(weeks) for _, weeks in groupby(rows, key=itemgetter("team", "commitment"))]


def read_this_week(connection: duckdb.DuckDBPyConnection, as_of: date) -> list[Row]:
    """One row per weekly promise: the week that runs at the as-of and the last one that has ended, or None."""
    return [
        {
            **weeks[-1],
            "running": None if weeks[-1]["has_ended"] else weeks[-1],
            "ended": next((week for week in reversed(weeks) if week["has_ended"]), None),
        }
        for weeks in read_weeks(connection, as_of)
    ]
