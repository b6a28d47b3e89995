"""The scorecards: of each ended month both teams on one page, for the monthly meeting.

Belongs here: which months have a page, and its sections. What is known of now alone, such as leads nobody has touched,
is on the page of the last ended month and on no other. The lines are scorecard_lines.py, what is learned per person
people.py, the list of months scorecard_months.py.
"""

from collections.abc import Callable
from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.formats import month
from orchestration.lib.pages.back_to_marketing import read_cohorts, read_content, read_reasons, read_recycled
from orchestration.lib.pages.clock_time import read_clock_time
from orchestration.lib.pages.commitments import previous_month
from orchestration.lib.pages.disputes import read_disputes_by_month
from orchestration.lib.pages.excuses import read_excuses
from orchestration.lib.pages.forecast import read_forecast
from orchestration.lib.pages.kpis import read_kpis
from orchestration.lib.pages.late_answers import read_late_answers
from orchestration.lib.pages.meeting import read_meetings
from orchestration.lib.pages.people import read_people
from orchestration.lib.pages.reading import by_month, read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.pages.responses import read_responses
from orchestration.lib.pages.scorecard_lines import Periods
from orchestration.lib.pages.scorecard_months import HELD, RESTATED, read_closings, render_months
from orchestration.lib.pages.untouched import read_untouched
from orchestration.lib.warehouse.rows import Row, read_rows

MONTHS_KEPT = 36
TEAMS = ("sales", "marketing")

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

CAPACITY = "select * from reports.rpt_sales_capacity where capacity_leads is not null order by revenue_stream"

WEEKS = "select * from reports.rpt_weekly_work where scope = 'team' order by week_date"


def render_scorecards(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Place and HTML of the scorecard of each ended month, and of the list of them, which begins with the last.

    ValueError if the warehouse was never built.
    """
    header = read_header(connection)
    periods = Periods(connection, header)
    latest = previous_month(header["month_date"])
    # The month of the next meeting has a page whether or not it has a figure.
    months = sorted({latest, *(each for each in periods.with_figures() if each < latest)})[-MONTHS_KEPT:]
    sections_of = _read_months(connection, months, periods)
    now = _read_now(connection, header)
    pages = {"scorecard/index.html": render_months(connection, header, months)}
    for place, shown in enumerate(months):
        path = scorecard_page(shown)
        pages[path] = render(
            "scorecard.html.j2",
            path,
            header=header,
            shown=shown,
            before=neighbour(months, place - 1),
            after=neighbour(months, place + 1),
            latest=latest,
            latest_page=scorecard_page(latest),
            is_latest=shown == latest,
            **sections_of(shown),
            **(now if shown == latest else {}),
        )
    return pages


def scorecard_page(shown: date) -> str:
    """The place of the scorecard of a month in the site."""
    return f"scorecard/{shown:%Y-%m}.html"


def neighbour(months: list[date], place: int) -> tuple[str, str] | None:
    """Name and place of the page of a month by its place among those that have one; None beyond the first and last."""
    return (month(months[place]), scorecard_page(months[place])) if 0 <= place < len(months) else None


def _read_months(connection: duckdb.DuckDBPyConnection, months: list[date], periods: Periods) -> Callable[[date], Row]:
    """What the pages of all months show, each table read once; the sections of a month."""
    meetings = read_meetings(connection, months)
    responses = read_responses(connection)
    times, excuses, people = read_clock_time(connection), read_excuses(connection), read_people(connection)
    disputes, closings = read_disputes_by_month(connection), read_closings(connection)
    capacity, restated = (by_month(read_rows(connection, query)) for query in (CAPACITY, RESTATED))
    # A week is that of the month of its Monday.
    weeks = by_month(
        [row | {"monday_in": row["week_date"].replace(day=1)} for row in read_rows(connection, WEEKS)], "monday_in"
    )
    held = {row["review_period"] for row in read_rows(connection, HELD)}

    def sections(shown: date) -> Row:
        lines = periods.lines(shown)
        return {
            "meeting": meetings[shown],
            "minutes": f"minutes/{shown:%Y-%m}.html" if f"{shown:%Y-%m}" in held else None,
            "teams": [(team, [line for line in lines if line["team"] == team]) for team in TEAMS],
            "excuses": excuses.get(shown, []),
            "disputes": disputes.get(shown),
            "responses": responses.get(shown, {}).get(None, []),
            "responses_of": responses.get(shown, {}),
            "times": times.get(shown, []),
            "capacity": capacity.get(shown, []),
            "weeks": _weeks(weeks.get(shown, [])),
            "people": people.get(shown, []),
            "closed": closings.get(shown),
            "restated": restated.get(shown, []),
        }

    return sections


def _read_now(connection: duckdb.DuckDBPyConnection, header: Row) -> Row:
    """What is known of now, whatever the month."""
    return {
        "untouched": read_untouched(connection),
        "late": read_late_answers(connection),
        "bottlenecks": read_rows(connection, BOTTLENECKS),
        "kpis": read_kpis(connection, header["month_date"]),
        "forecast": read_forecast(connection),
        "cohorts": read_cohorts(connection),
        "reasons": read_reasons(connection),
        "recycled": read_recycled(connection),
        "content": read_content(connection),
    }


def _weeks(rows: list[Row]) -> list[Row]:
    """One row per week: the work of both teams, by team; nothing of a team without any."""
    nothing = dict.fromkeys(rows[0]) if rows else {}
    weeks = [(week, {row["team"]: row for row in work}) for week, work in groupby(rows, key=itemgetter("week_date"))]
    return [{"week_date": week, **{team: teams.get(team, nothing) for team in TEAMS}} for week, teams in weeks]
