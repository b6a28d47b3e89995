"""The lines of a scorecard: how a promise of any kind becomes one line, with what it was in the periods before.

Belongs here: reading the periods of all promises once, and the lines of each month. What a period of a promise came to
is rpt_team_compliance.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.formats import long_date, month, quarter
from orchestration.lib.language import gettext
from orchestration.lib.pages.charts import sparkline
from orchestration.lib.pages.commitments import months_before
from orchestration.lib.pages.weeks import read_weeks
from orchestration.lib.warehouse.rows import Row, read_rows

TREND = 7  # periods shown: the one of the meeting and six before it

MONTHS = "select * from reports.rpt_team_compliance order by team, commitment, period_date"

# A measure that is promised by the quarter is a figure of its quarter; everything else one of its month.
QUARTERS = """
    select * from reports.rpt_team_compliance_quarter
    where kind = 'measure' and cases is not null and has_ended
    order by team, commitment, period_date
"""

PROMISE = itemgetter("team", "commitment")


class Periods:
    """The months, quarters and weeks of every promise, read once for the scorecards of all months."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, header: Row) -> None:
        self._months = read_rows(connection, MONTHS)
        self._quarters = read_rows(connection, QUARTERS)
        self._weeks = [week for weeks in read_weeks(connection, header["month_date"]) for week in weeks]
        self._names = header["names"]
        self._quarter = partial(quarter, fiscal_start=header["fiscal_year_start_month"])

    def with_figures(self) -> list[date]:
        """The months of which a promise has a figure."""
        return sorted({row["period_date"] for row in self._months})

    def lines(self, shown: date) -> list[Row]:
        """A line for every promise that has a figure of the month, or of the last quarter or week ended by its end."""
        end, first = months_before(shown, -1), months_before(shown, TREND - 1)
        months = [row for row in self._months if first <= row["period_date"] <= shown]
        lines = [self._line(history, month) for history in _histories(months) if history[-1]["period_date"] == shown]
        for rows, named in ((self._quarters, self._quarter), (self._weeks, _week)):
            ended = [row for row in rows if row["has_ended"] and row["end_date"] <= end]
            lines += [self._line(history, named) for history in _histories(ended)]
        return lines

    def _line(self, history: list[Row], period: Callable[[date], str]) -> Row:
        return _line(history, period, self._names)


def _week(day: date) -> str:
    return gettext("week of %(date)s", date=long_date(day))


def _histories(rows: list[Row]) -> list[list[Row]]:
    return [list(group)[-TREND:] for _, group in groupby(rows, key=PROMISE)]


def _line(history: list[Row], period: Callable[[date], str], names: Mapping[str, str]) -> Row:
    now = history[-1]
    finals = [row for row in history[:-1] if row["is_final"] and row["attainment"] is not None]
    before = None if now["is_final"] or not finals else finals[-1]
    title = gettext(
        "%(promise)s: the last %(periods)s periods and what was promised",
        promise=names[now["commitment"]],
        periods=len(history),
    )
    return {
        **now,
        "period": period(now["period_date"]),
        "before": before,
        "before_period": before and period(before["period_date"]),
        "trend": sparkline(history, title),
    }
