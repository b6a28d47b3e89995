"""The scorecard: both teams on one page, for the monthly meeting over the last ended month.

Belongs here: the sections of the page and how a promise of any kind becomes one line of it. What is learned per person
is in people.py; what a month of a promise came to is rpt_team_compliance.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.formats import long_date, month, quarter
from orchestration.lib.pages.arrival_times import read_arrival_times
from orchestration.lib.pages.back_to_marketing import read_cohorts, read_content, read_reasons, read_recycled
from orchestration.lib.pages.charts import sparkline
from orchestration.lib.pages.clock_time import read_clock_time
from orchestration.lib.pages.commitments import months_before, previous_month
from orchestration.lib.pages.disputes import read_disputes
from orchestration.lib.pages.excuses import read_excuses
from orchestration.lib.pages.forecast import read_forecast
from orchestration.lib.pages.kpis import read_kpis
from orchestration.lib.pages.late_answers import read_late_answers
from orchestration.lib.pages.meeting import read_meeting
from orchestration.lib.pages.people import read_people
from orchestration.lib.pages.plan import read_plan
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.pages.responses import read_responses
from orchestration.lib.pages.untouched import read_untouched
from orchestration.lib.pages.weeks import read_weeks
from orchestration.lib.warehouse.rows import Row, read_rows

TREND = 7  # periods shown: the one of the meeting and six before it
TEAMS = ("sales", "marketing")

# A measure that is promised by the quarter is a figure of its quarter; everything else one of its month.
MONTHS = """
    select * from reports.rpt_team_compliance where period_date >= ? and period_date < ?
    order by team, commitment, period_date
"""
QUARTERS = """
    select * from reports.rpt_team_compliance_quarter
    where kind = 'measure' and cases is not null and has_ended and end_date <= ?
    order by team, commitment, period_date
"""

BOTTLENECKS = """
    select
        period_date, revenue_stream, lead_type, from_stage, to_stage, compared_with, measured_rate, compared_rate,
        lost_customers, cost_amount, is_significant, arithmetic
    from reports.rpt_bottlenecks
    where
        period_date = (select max(period_date) from reports.rpt_bottlenecks)
        and compared_with = 'agreement' and cost_amount > 0
    order by bottleneck_rank, revenue_stream, lead_type, from_stage, to_stage, compared_with
    limit 3
"""

CAPACITY = """
    select * from reports.rpt_sales_capacity where month_date = ? and capacity_leads is not null order by revenue_stream
"""

WEEKS = """
    select * from reports.rpt_weekly_work
    where scope = 'team' and week_date >= ? and week_date < ?
    order by week_date
"""

# By any owner owns it: an owner's loss is another's gain.
RESTATED = """
    select
        month_date, team, commitment, reason, sum(kept_change) as kept_change, sum(missed_change) as missed_change,
        sum(excused_change) as excused_change,
        cast(sum(cast(actual_change_amount as decimal(18, 4))) as double) as amount_change
    from reports.rpt_restatements
    group by month_date, team, commitment, reason
    order by month_date desc, team desc, commitment, reason
"""


CLOSED = "select * from marts.fct_closings where month_date = ?"


def render_scorecard(connection: duckdb.DuckDBPyConnection) -> str:
    """The scorecard as one HTML document. ValueError if the warehouse was never built."""
    header = read_header(connection)
    shown = previous_month(header["month_date"])
    lines = _lines(connection, shown, header)
    closed = read_rows(connection, CLOSED, [shown])
    responses, responses_of = read_responses(connection, shown)
    return render(
        "scorecard.html.j2",
        "scorecard/index.html",
        responses=responses,
        responses_of=responses_of,
        arrivals=read_arrival_times(connection, shown),
        late=read_late_answers(connection),
        times=read_clock_time(connection, shown),
        header=header,
        shown=shown,
        meeting=read_meeting(connection, shown),
        untouched=read_untouched(connection),
        teams=[(team, [line for line in lines if line["team"] == team]) for team in TEAMS],
        excuses=read_excuses(connection, shown),
        disputes=read_disputes(connection, shown),
        bottlenecks=read_rows(connection, BOTTLENECKS),
        kpis=read_kpis(connection, header["month_date"]),
        forecast=read_forecast(connection),
        capacity=read_rows(connection, CAPACITY, [shown]),
        plan=read_plan(connection),
        weeks=_weeks(read_rows(connection, WEEKS, [shown, header["month_date"]])),
        cohorts=read_cohorts(connection),
        reasons=read_reasons(connection),
        recycled=read_recycled(connection),
        content=read_content(connection),
        people=read_people(connection, shown),
        closed=closed[0] if closed else None,
        restated=read_rows(connection, RESTATED),
    )


def _lines(connection: duckdb.DuckDBPyConnection, shown: date, header: Row) -> list[Row]:
    """A line for every promise that has a figure of the month shown, or of the last quarter that has ended."""
    end = header["month_date"]
    fiscal_quarter = partial(quarter, fiscal_start=header["fiscal_year_start_month"])
    months = read_rows(connection, MONTHS, [months_before(shown, TREND - 1), end])
    lines = []
    for period, rows in ((month, months), (fiscal_quarter, read_rows(connection, QUARTERS, [end]))):
        for _, group in groupby(rows, key=itemgetter("team", "commitment")):
            history = list(group)[-TREND:]
            if period is fiscal_quarter or history[-1]["period_date"] == shown:
                lines.append(_line(history, period, header["names"]))
    for weeks in read_weeks(connection, end):
        if history := [week for week in weeks if week["has_ended"]][-TREND:]:
            lines.append(_line(history, lambda day: f"week of {long_date(day)}", header["names"]))
    return lines


def _weeks(rows: list[Row]) -> list[Row]:
    """One row per week: the work of both teams, by team; nothing of a team without any."""
    nothing = dict.fromkeys(rows[0]) if rows else {}
    weeks = [(week, {row["team"]: row for row in work}) for week, work in groupby(rows, key=itemgetter("week_date"))]
    return [{"week_date": week, **{team: teams.get(team, nothing) for team in TEAMS}} for week, teams in weeks]


def _line(history: list[Row], period: Callable[[date], str], names: Mapping[str, str]) -> Row:
    now = history[-1]
    finals = [row for row in history[:-1] if row["is_final"] and row["attainment"] is not None]
    before = None if now["is_final"] or not finals else finals[-1]
    return {
        **now,
        "period": period(now["period_date"]),
        "before": before,
        "before_period": before and period(before["period_date"]),
        "trend": sparkline(
            history, f"{names[now['commitment']]}: the last {len(history)} periods and what was promised"
        ),
    }
