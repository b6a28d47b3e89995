"""Time to the first attempt, contact and conversation side by side, so that nobody has to believe one of them.

Belongs here: the three answers of a month for the team and for each person. What each is, and what is due, is SQL
(rpt_response_times).
"""

from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

RESPONSES = """
    select
        scope, owner_name, commitment, activity_class, leads, reached, due, in_time, in_time_rate, median_minutes,
        p90_minutes
    from reports.rpt_response_times
    where month_date = ? and scope <> 'no_owner'
    order by owner_name nulls first, commitment, activity_class
"""


def read_responses(connection: duckdb.DuckDBPyConnection, month: date) -> tuple[list[Row], dict[str, list[Row]]]:
    """The team's promises of contact with their three answers, and the same of each person by the name."""
    rows = read_rows(connection, RESPONSES, [month])
    by_name = {name: _promises(list(parts)) for name, parts in groupby(rows, key=itemgetter("owner_name"))}
    team = by_name.pop(None, [])
    return team, by_name


def _promises(rows: list[Row]) -> list[Row]:
    return [
        {"commitment": commitment, "leads": max(row["leads"] for row in parts)}
        | {row["activity_class"]: row for row in parts}
        for commitment, parts in ((name, list(parts)) for name, parts in groupby(rows, key=itemgetter("commitment")))
    ]
