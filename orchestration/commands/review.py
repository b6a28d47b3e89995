"""`smarketing review`: one period, from the published copy.

Belongs here: which periods can be reviewed. Measuring is SQL, the proposal lib/review/.
"""

from typing import Annotated

import duckdb
import typer

from orchestration.commands.arguments import PERIODS, CompanyOption, HomeOption
from orchestration.commands.endings import print_line
from orchestration.commands.jobs import make_reviews
from orchestration.commands.preparing import prepare, prepare_project
from orchestration.lib.periods import Period, parse_period
from orchestration.lib.review.measured import fiscal_start, reviewable_periods
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.mistakes import Mistake


def review(
    period: Annotated[
        str, typer.Argument(metavar="PERIOD", help=f"An ended quarter or half-year of the fiscal year: {PERIODS}.")
    ],
    company: CompanyOption = None,
    home: HomeOption = None,
) -> None:
    """Review one ended period: agreed rates beside measured ones, and the targets that would follow.

    Writes a page and the proposed rates beside it; the agreement changes only when somebody writes and signs the next
    version.
    """
    prepared = prepare(company, home, holder="review")
    with open_warehouse(prepared.published_copy(), read_only=True) as connection:
        wanted = reviewable(connection, period)
    prepare_project(prepared, starts_build=False)
    print_line(make_reviews(prepared, [wanted])[0])


def reviewable(connection: duckdb.DuckDBPyConnection, period: str) -> Period:
    """The period of that name. A Mistake if it cannot be reviewed, which names those that can."""
    periods = reviewable_periods(connection)
    wanted = parse_period(period, fiscal_start(connection))
    if wanted not in periods:
        why = "has not ended, or nobody entered a stage in it"
        if wanted.kind not in ("quarter", "half_year"):
            why = "is not a quarter or half-year of the fiscal year, and only these are reviewed"
        names = ", ".join(each.name for each in periods) or "none yet"
        raise Mistake(f"{period} {why}; these can be reviewed: {names}")
    return wanted
