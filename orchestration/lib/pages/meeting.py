"""The meeting about a month: what changed, three questions, and what is open from the meetings before.

Belongs here: one section of the scorecard. What is asked, and in which order, is rpt_meeting_questions; decisions are
written by `smarketing decide`, and printed by minutes.py.
"""

from datetime import date

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

CHANGES = "select * from reports.rpt_meeting_changes where month_date = ? order by team desc, commitment"
AGENDA = "select * from reports.rpt_meeting_agenda where month_date = ? order by section, place"
DECIDED = "select line, decision from marts.fct_review_lines where review_period = ? and decision <> 'open'"


def read_meeting(connection: duckdb.DuckDBPyConnection, month_date: date) -> Row:
    """The agenda of a month, by section, with what is decided on it already."""
    agenda = read_rows(connection, AGENDA, [month_date])
    period = f"{month_date:%Y-%m}"
    decided = read_rows(connection, DECIDED, [period])
    sections = {name: [row for row in agenda if row["section"] == name] for name in ("question", "further", "open")}
    return {
        "period": period,
        "changes": read_rows(connection, CHANGES, [month_date]),
        "decided": {row["line"]: row["decision"] for row in decided},
        **sections,
    }
