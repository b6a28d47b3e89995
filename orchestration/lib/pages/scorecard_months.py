"""The list of scorecards: of each ended month how many commitments each team met, missed and has running.

Belongs here: counting the status that rpt_team_compliance gives, and whether a month is closed, restated, and was met
about. What a month was about is its own page (scorecard.py).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import duckdb

from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row, read_rows

TEAMS = ("sales", "marketing")
COUNTED = ("met", "over", "missed", "running", "not_evaluated", "withheld")

STATUSES = """
    select period_date as month_date, team, status, count(*) as commitments from reports.rpt_team_compliance
    group by all"""

CLOSINGS = "select * from marts.fct_closings"

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

HELD = "select distinct review_period from marts.fct_review_lines"


def read_closings(connection: duckdb.DuckDBPyConnection) -> dict[date, Row]:
    """The closing of each closed month."""
    return {row["month_date"]: row for row in read_rows(connection, CLOSINGS)}


def render_months(connection: duckdb.DuckDBPyConnection, header: Row, months: Sequence[date]) -> str:
    """The list of the months that have a scorecard, the last one first."""
    statuses = Counter(
        {(row["month_date"], row["team"], row["status"]): row["commitments"] for row in read_rows(connection, STATUSES)}
    )
    closings, restated = read_closings(connection), read_rows(connection, RESTATED)
    changes = Counter(row["month_date"] for row in restated)
    held = {row["review_period"] for row in read_rows(connection, HELD)}
    rows = [
        {
            "month_date": month,
            "period": (period := f"{month:%Y-%m}"),
            "page": f"scorecard/{period}.html",
            "teams": [{status: statuses[month, team, status] for status in COUNTED} for team in TEAMS],
            "closed": closings.get(month),
            "restatements": changes[month],
            "minutes": f"minutes/{period}.html" if period in held else None,
        }
        for month in reversed(months)
    ]
    return render(
        "scorecard_months.html.j2", "scorecard/index.html", header=header, teams=TEAMS, months=rows, restated=restated
    )
