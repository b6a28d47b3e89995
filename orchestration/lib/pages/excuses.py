"""What ended the promises of a month before they were kept: by reason, and what of it the owners made themselves.

Belongs here: one section of the scorecard. What an excuse is, and both rates, are rpt_excuses' matter.
"""

from datetime import date
from itertools import groupby

import duckdb

from orchestration.lib.pages.reading import by_month
from orchestration.lib.warehouse.rows import Row, read_rows

EXCUSES = """
    select
        month_date, team, commitment, excuse_reason, leads, excused, own_exits, excused_attainment_rate,
        missed_attainment_rate
    from reports.rpt_excuses
    order by team desc, commitment, leads desc, excuse_reason
"""


def read_excuses(connection: duckdb.DuckDBPyConnection) -> dict[date, list[Row]]:
    """Of each month each commitment with its rates and its reasons, the most frequent first."""
    return {month: _promises(rows) for month, rows in by_month(read_rows(connection, EXCUSES)).items()}


def _promises(rows: list[Row]) -> list[Row]:
    groups = groupby(rows, key=lambda row: (row["team"], row["commitment"]))
    return [reasons[0] | {"reasons": reasons} for reasons in (list(group) for _, group in groups)]
