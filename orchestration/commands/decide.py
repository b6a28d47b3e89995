"""`smarketing decide`: what was decided on one line of a review, by whom and why.

Belongs here: its arguments and its sentences. The file of decisions is lib/review/kept.py.
"""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from orchestration import settings
from orchestration.commands.arguments import PERIODS, CompanyOption, HomeOption
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import prepare
from orchestration.commands.review import reviewable
from orchestration.lib.agreement.versions import latest_in_force
from orchestration.lib.review.kept import Decision, Line, Outcome, ReviewError, as_held, find_line, read_kept_review
from orchestration.lib.review.kept import decide as keep_decision
from orchestration.lib.review.measured import review_period
from orchestration.lib.warehouse.connection import open_warehouse

AS_OF = "select as_of from marts.dim_build"


def decide(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help=f"The review of an ended period: {PERIODS}.")],
    line: Annotated[str, typer.Argument(metavar="LINE", help="A rate of it, as its page names it: mql_to_sql.")],
    why: Annotated[str, typer.Option(metavar="TEXT", help="The reason, in a sentence.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="First and last name of who decides.")],
    accept: Annotated[bool, typer.Option("--accept", help="The proposed rate is to be agreed.")] = False,
    change: Annotated[
        float | None, typer.Option(metavar="RATE", min=0, max=1, help="Another rate is to be agreed: 0.3 is 30 %.")
    ] = None,
    refuse: Annotated[bool, typer.Option("--refuse", help="The agreed rate stays.")] = False,
    company: CompanyOption = None,
    home: HomeOption = None,
) -> None:
    """Decide on a line of a review: accept what it proposes, change it, or refuse it.

    Writes a file of the period to reviews/ of the company. The first decision keeps the review as it is now: what was
    measured and proposed. Of several decisions on a line the last one holds, and all stay in the file. The agreement
    changes only when somebody writes and signs the next version.
    """
    if accept + refuse + (change is not None) != 1:
        raise ReviewError("give one of --accept, --change RATE and --refuse")
    if change == 0:
        raise ReviewError("--change: a rate above 0 is needed, since no number of leads would reach the quota")
    prepared = prepare(company, home)
    folder = prepared.company.folder
    if folder.is_relative_to(settings.EXAMPLES):
        raise ReviewError(f"{folder} is an example; copy it to a folder of your own, and decide there")
    with open_warehouse(prepared.published_copy(), read_only=True) as connection:
        wanted = reviewable(connection, period)
        held = read_kept_review(folder, wanted.name)
        if held is None:
            held = as_held(review_period(connection, wanted), connection.execute(AS_OF).fetchall()[0][0])
    found = find_line(held, line)
    outcome, rate = _outcome(found, accept, change)
    today = datetime.now(ZoneInfo(latest_in_force(prepared.agreements).company.time_zone)).date()
    path = keep_decision(folder, held, Decision(found.line, outcome, rate, why, by, today))
    print_line(
        f"{path}: {found.line} is {outcome}, {rate:.2%} is to be agreed (agreed {found.agreed:.2%}, proposed "
        f"{found.proposed:.2%}).\nThe pages show it from the next run on."
    )


def _outcome(line: Line, is_accepted: bool, change: float | None) -> tuple[Outcome, float]:
    if is_accepted:
        return "accepted", line.proposed
    return ("changed", change) if change is not None else ("refused", line.agreed)
