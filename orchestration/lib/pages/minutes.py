"""The minutes of each meeting and review, to be printed: who decided what, when and why, and who does what until when.

Belongs here: the page of one kept file. What was decided is fct_review_lines; the agenda of a meeting is meeting.py.
"""

from datetime import date

import duckdb

from orchestration.lib.pages.meeting import AGENDA
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.periods import parse_period
from orchestration.lib.warehouse.rows import Row, read_rows

LINES = "select * from marts.fct_review_lines order by review_period, is_item, line"


def render_minutes(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Place -> the minutes of each kept meeting and review. ValueError if the warehouse was never built."""
    header = read_header(connection)
    kept: dict[str, list[Row]] = {}
    for row in read_rows(connection, LINES):
        kept.setdefault(row["review_period"], []).append(row)
    return {f"minutes/{name}.html": _render(connection, header, name, lines) for name, lines in kept.items()}


def _render(connection: duckdb.DuckDBPyConnection, header: Row, name: str, lines: list[Row]) -> str:
    period = parse_period(name)
    is_meeting = period.kind == "month"
    return render(
        "minutes.html.j2",
        f"minutes/{name}.html",
        header=header,
        period=period,
        is_meeting=is_meeting,
        held=lines[0],
        lines=[line for line in lines if not line["is_item"]],
        items=[line for line in lines if line["is_item"]],
        actions=[line for line in lines if line["action_owner"]],
        before=_before(connection, period.starts) if is_meeting else [],
    )


def _before(connection: duckdb.DuckDBPyConnection, month_date: date) -> list[Row]:
    """The actions of earlier meetings and reviews that were open when the teams met about the month."""
    return [row for row in read_rows(connection, AGENDA, [month_date]) if row["section"] == "open"]
