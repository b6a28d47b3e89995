"""`smarketing decide`: what was decided on one line of a review or meeting, by whom and why, and who does what.

Belongs here: its arguments and its sentences. The file of decisions is lib/review/kept_files.py.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import duckdb
import typer

from orchestration import settings
from orchestration.commands.arguments import PERIODS, CompanyOption, HomeOption
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import prepare
from orchestration.commands.review import reviewable
from orchestration.lib.agreement.versions import latest_in_force
from orchestration.lib.periods import parse_period
from orchestration.lib.review.findings import finding_items
from orchestration.lib.review.items import Item
from orchestration.lib.review.kept import Decision, KeptReview, Line, Outcome, ReviewError, as_held, find_line
from orchestration.lib.review.kept_files import decide as keep_decision
from orchestration.lib.review.kept_files import read_kept_review
from orchestration.lib.review.measured import fiscal_start, review_period
from orchestration.lib.review.meetings import meeting_as_held
from orchestration.lib.review.terms import SEASON
from orchestration.lib.warehouse.connection import open_warehouse

AS_OF = "select as_of from marts.dim_build"


def decide(
    period: Annotated[
        str,
        typer.Argument(
            metavar="PERIOD", help=f"The review of an ended period, or the meeting about a month: {PERIODS}."
        ),
    ],
    line: Annotated[
        str,
        typer.Argument(metavar="LINE", help="A line or an item of it, as its page names it: mql_to_sql, deal_size."),
    ],
    why: Annotated[str, typer.Option(metavar="TEXT", help="The reason, in a sentence.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="First and last name of who decided.")],
    accept: Annotated[
        bool,
        typer.Option("--accept", help="The proposed value is to be agreed; of an item: something follows from it."),
    ] = False,
    change: Annotated[
        float | None,
        typer.Option(
            metavar="VALUE", min=0, help="Another value is to be agreed: 0.3 is 30 %; an amount, or days, of a term."
        ),
    ] = None,
    refuse: Annotated[
        bool, typer.Option("--refuse", help="The agreed value stays; of an item: nothing follows from it.")
    ] = False,
    done: Annotated[
        bool, typer.Option("--done", help="What a decision on it wanted somebody to do is done; --why: what was done.")
    ] = False,
    owner: Annotated[
        str | None, typer.Option(metavar="NAME", help="With --due: first and last name of who does something about it.")
    ] = None,
    due: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day until which that is done: 2026-10-15.")
    ] = None,
    company: CompanyOption = None,
    home: HomeOption = None,
) -> None:
    """Decide on a line of a review or meeting: accept it, change it, refuse it; or report what was to be done as done.

    Writes a file of the period to reviews/ of the company. The first decision keeps the review or the agenda as it is
    now: what was measured and proposed. Of several decisions on a line the last one holds, and all stay in the file.
    The agreement changes only when somebody writes and signs the next version.
    """
    if accept + refuse + done + (change is not None) != 1:
        raise ReviewError("give one of --accept, --change VALUE, --refuse and --done")
    until = _until(owner, due, can_follow=accept or change is not None)
    prepared = prepare(company, home)
    folder = prepared.company.folder
    if folder.is_relative_to(settings.EXAMPLES):
        raise ReviewError(f"{folder} is an example; copy it to a folder of your own, and decide there")
    with open_warehouse(prepared.published_copy(), read_only=True) as connection:
        held = held_review(connection, folder, period)
    found = find_line(held, line)
    if change is not None:
        _check(found, change)
    outcome, value = ("done", None) if done else _outcome(found, accept, change)
    today = datetime.now(ZoneInfo(latest_in_force(prepared.agreements).company.time_zone)).date()
    decision = Decision(found.line, outcome, value, why, by, today, owner, until)
    path = keep_decision(folder, held, decision)
    print_line(
        f"{path}: {found.line} is {outcome}{_sentence(found, decision)}.\nThe pages show it from the next run on."
    )


def _check(line: Line | Item, value: float) -> None:
    """ReviewError if the line cannot have the value."""
    if isinstance(line, Item):
        raise ReviewError(f"--change: {line.line} is not a rate; write --accept or --refuse")
    if line.measure == SEASON:
        raise ReviewError(f"{line.line}: twelve shares have no single value; accept or refuse them")
    if value == 0:
        raise ReviewError("--change: a value above 0 is needed, since no number of leads would reach the quota")
    if line.unit == "rate" and value > 1:
        raise ReviewError(f"--change: {value:g} is not a rate; write a number up to 1, such as 0.3 for 30 %")
    if line.unit == "days" and value != int(value):
        raise ReviewError(f"--change: {value:g} is not a number of days; write whole days")


def _shown(line: Line, value: float) -> str:
    return f"{value:.2%}" if line.unit == "rate" else f"{value:,.10g}{' days' * (line.unit == 'days')}"


def held_review(connection: duckdb.DuckDBPyConnection, folder: Path, period: str) -> KeptReview:
    """The review or meeting as it was held, else as it is now."""
    wanted = parse_period(period, fiscal_start(connection))
    if wanted.kind != "month":
        wanted = reviewable(connection, period)
    if held := read_kept_review(folder, wanted.name):
        return held
    as_of = connection.execute(AS_OF).fetchall()[0][0]
    if wanted.kind == "month":
        return meeting_as_held(connection, wanted, as_of)
    return as_held(review_period(connection, wanted), as_of, finding_items(connection, wanted))


def _until(owner: str | None, due: str | None, can_follow: bool) -> date | None:
    """The day until which the owner does something. ReviewError if one of both is missing, or nothing can follow."""
    if (owner is None) != (due is None):
        raise ReviewError("--owner and --due belong together: who does something, and until when")
    if due is None:
        return None
    if not can_follow:
        raise ReviewError("--owner and --due belong to --accept or --change: what is refused or done has no action")
    try:
        return date.fromisoformat(due)
    except ValueError:
        raise ReviewError(f"--due: '{due}' is not a day; write 2026-10-15") from None


def _outcome(line: Line | Item, is_accepted: bool, change: float | None) -> tuple[Outcome, float | None]:
    if isinstance(line, Item):
        return ("accepted" if is_accepted else "refused"), None
    if is_accepted:
        return "accepted", line.proposed
    return ("changed", change) if change is not None else ("refused", line.agreed)


def _sentence(line: Line | Item, decision: Decision) -> str:
    """What follows from the decision."""
    parts = []
    if isinstance(line, Line) and decision.rate is not None:
        agreed, proposed = _shown(line, line.agreed), _shown(line, line.proposed)
        parts.append(f"{_shown(line, decision.rate)} is to be agreed (agreed {agreed}, proposed {proposed})")
    if decision.owner:
        parts.append(f"{decision.owner} until {decision.due}")
    return "".join(f", {part}" for part in parts)
