"""The meeting about a month: what changed, three questions, and what is open from the meetings before.

Belongs here: one section of the scorecard. What is asked, and in which order, is rpt_meeting_questions; decisions are
written by `smarketing decide`, and printed by minutes.py.
"""

from collections.abc import Iterable
from datetime import date

import duckdb

from orchestration.lib.pages.reading import by_month
from orchestration.lib.warehouse.rows import Row, read_rows

CHANGES = "select * from reports.rpt_meeting_changes order by team desc, commitment"
SECTIONS = ("question", "further", "open")
AGENDAS = "select * from reports.rpt_meeting_agenda order by section, place"
AGENDA = "select * from reports.rpt_meeting_agenda where month_date = ? order by section, place"
DECIDED = "select review_period, line, decision from marts.fct_review_lines where decision <> 'open'"


def read_meetings(connection: duckdb.DuckDBPyConnection, months: Iterable[date]) -> dict[date, Row]:
    """The agenda of each month, by section, with what is decided on it already."""
    agendas = by_month(read_rows(connection, AGENDAS))
    changes = by_month(read_rows(connection, CHANGES))
    decided: dict[str, dict[str, str]] = {}
    for row in read_rows(connection, DECIDED):
        decided.setdefault(row["review_period"], {})[row["line"]] = row["decision"]
    return {
        month: {
            "period": (period := f"{month:%Y-%m}"),
            "changes": changes.get(month, []),
            "decided": decided.get(period, {}),
            **{name: [row for row in agendas.get(month, []) if row["section"] == name] for name in SECTIONS},
        }
        for month in months
    }
