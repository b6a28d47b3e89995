"""Time to the first attempt, contact and conversation side by side, so that nobody has to believe one of them.

Belongs here: the three answers of each month for the team and for each person. What each is, and what is due, is SQL
(rpt_response_times).
"""

from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.pages.reading import by_month
from orchestration.lib.warehouse.rows import Row, read_rows

RESPONSES = """
    select
        month_date, scope, owner_id, owner_name, commitment, activity_class, leads, reached, due, in_time,
        in_time_rate, median_minutes, p90_minutes
    from reports.rpt_response_times
    where scope <> 'no_owner'
    order by owner_id nulls first, commitment, activity_class
"""


def read_responses(connection: duckdb.DuckDBPyConnection) -> dict[date, dict[str | None, list[Row]]]:
    """Of each month the promises of contact with their three answers: the team's (None), and those of each owner."""
    return {month: _owners(rows) for month, rows in by_month(read_rows(connection, RESPONSES)).items()}


def _owners(rows: list[Row]) -> dict[str | None, list[Row]]:
    return {owner: _promises(list(parts)) for owner, parts in groupby(rows, key=itemgetter("owner_id"))}


def _promises(rows: list[Row]) -> list[Row]:
    return [
        {"commitment": commitment, "leads": max(row["leads"] for row in parts)}
        | {row["activity_class"]: row for row in parts}
        for commitment, parts in ((name, list(parts)) for name, parts in groupby(rows, key=itemgetter("commitment")))
    ]
