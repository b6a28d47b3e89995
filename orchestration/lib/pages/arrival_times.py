"""When leads come in during the week, and whether they are answered in time then: one section of the scorecard.

Belongs here: the rows of a month as a page shows them, a line per day of the week. What is counted, and the local
hour, are SQL (rpt_arrival_times).
"""

from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.agreement.calendars import WEEKDAYS
from orchestration.lib.warehouse.rows import Row, read_rows

# The first hours of the parts of a day.
PARTS = (0, 6, 12, 18)

ARRIVALS = """
    select
        team, commitment, scope, is_weekend, iso_weekday, from_hour, leads, due, kept, early, open, not_evaluated,
        attainment, median_minutes
    from reports.rpt_arrival_times
    where month_date = ? and scope <> 'hour'
    order by team desc, commitment, iso_weekday, is_weekend, from_hour
"""


def read_arrival_times(connection: duckdb.DuckDBPyConnection, month: date) -> list[Row]:
    """Each commitment with both parts of the week, then its days; a day has the four parts of it, by first hour."""
    rows = read_rows(connection, ARRIVALS, [month])
    groups = groupby(rows, key=itemgetter("team", "commitment"))
    return [
        {"team": team, "commitment": commitment, "lines": _lines(list(parts))} for (team, commitment), parts in groups
    ]


def _lines(rows: list[Row]) -> list[Row]:
    by_day = {(row["iso_weekday"], row["from_hour"]): row for row in rows if row["scope"] == "six_hours"}
    parts = [
        row | {"name": "Saturday and Sunday" if row["is_weekend"] else "Monday to Friday", "hours": None}
        for row in rows
        if row["scope"] == "week_part"
    ]
    days = [
        row
        | {"name": WEEKDAYS[row["iso_weekday"] - 1].capitalize()}
        | {"hours": [by_day.get((row["iso_weekday"], hour)) for hour in PARTS]}
        for row in rows
        if row["scope"] == "weekday"
    ]
    return [*sorted(parts, key=itemgetter("is_weekend")), *days]
