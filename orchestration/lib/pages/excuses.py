"""What ended the promises of a month before they were kept: by reason, and what of it the owners made themselves.

Belongs here: one section of the scorecard. What an excuse is, and both rates, are rpt_excuses' matter.
"""

from datetime import date
from itertools import groupby

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

EXCUSES = """
    select team, commitment, excuse_reason, leads, excused, own_exits, excused_attainment_rate, missed_attainment_rate
    from reports.rpt_excuses where month_date = ?
    order by team desc, commitment, leads desc, excuse_reason
"""


def read_excuses(connection: duckdb.DuckDBPyConnection, month_date: date) -> list[Row]:
    """Each commitment with its rates and its reasons, the most frequent first."""
    rows = read_rows(connection, EXCUSES, [month_date])
    groups = groupby(rows, key=lambda row: (row["team"], row["commitment"]))
    return [reasons[0] | {"reasons": reasons} for reasons in (list(group) for _, group in groups)]
