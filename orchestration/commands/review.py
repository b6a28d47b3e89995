"""`smarketing review`: one period, from the published copy.

Belongs here: which periods can be reviewed, and the file of the proposed version. Measuring is SQL, the proposal
lib/review/.
"""

from datetime import date
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from orchestration.commands.arguments import PERIODS, CompanyOption, HomeOption
from orchestration.commands.endings import print_line
from orchestration.commands.jobs import make_reviews
from orchestration.commands.preparing import prepare, prepare_project
from orchestration.lib.comparison.printing import clauses_text
from orchestration.lib.periods import FISCAL, Cycle, Period, parse_period
from orchestration.lib.review.measured import fiscal_start, review_period, reviewable_periods
from orchestration.lib.review.next_version import NextVersion, read_next_version
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.whole_files import write_whole
from orchestration.mistakes import Mistake


def review(
    period: Annotated[
        str,
        typer.Argument(metavar="PERIOD", help=f"An ended period that is reviewed: {PERIODS}."),
    ],
    company: CompanyOption = None,
    home: HomeOption = None,
    propose: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the version that it proposes into this new file.")
    ] = None,
    starts: Annotated[
        str, typer.Option("--from", metavar="DAY", help="Its first day. Default: the next first of a month.")
    ] = "",
) -> None:
    """Review one ended period: agreed rates beside measured ones, and the targets that would follow.

    Writes a page, and beside it the next version of the agreement as the review proposes it; nothing changes until
    both teams have signed it.
    """
    if starts and not propose:
        raise Mistake("--propose is missing; --from is the first day of the version that it writes")
    if propose and propose.exists():
        raise Mistake(f"--propose: {propose} exists already; give a new file")
    first_day = _day(starts) if starts else None
    prepared = prepare(company, home, holder="review")
    with open_warehouse(prepared.published_copy(), read_only=True) as connection:
        wanted = reviewable(connection, period)
    prepare_project(prepared, starts_build=False)
    print_line(make_reviews(prepared, [wanted])[0])
    if propose:
        with open_warehouse(prepared.published_copy(), read_only=True) as connection:
            version = read_next_version(connection, review_period(connection, wanted), prepared.company, first_day)
        write_whole(propose, version.text, 0o644)
        print_line(f"\n{proposed_text(version, propose, prepared.company.agreements)}")


def proposed_text(version: NextVersion, file: Path, folder: Path) -> str:
    """The clauses that the proposed version changes, if any, and what to do with its file."""
    names = (version.present.version, version.agreement.version)
    changes = clauses_text(version.clauses, names)
    first = f"{file}: version {names[1]}, from {version.agreement.effective_from}; "
    if not version.clauses:
        changes, first = f"The review changes no clause of version {names[0]}.", f"{first}edit what is to change, "
    return f"{changes}\n\n{first}put it into {folder} and have it signed"


def reviewable(connection: duckdb.DuckDBPyConnection, period: str) -> Period:
    """The period of that name. A Mistake if it cannot be reviewed, which names those that can."""
    periods = reviewable_periods(connection)
    wanted = parse_period(period, fiscal_start(connection))
    if wanted not in periods:
        why = "has not ended, or nobody entered a stage in it"
        cycles = [Cycle(each.months, each.starts) for each in periods]
        if wanted.kind not in FISCAL and all(each.period_of(wanted.starts) != wanted for each in cycles):
            why = (
                "is not a quarter or half-year of the fiscal year, nor a period of another cycle that is agreed, and "
                "only these are reviewed"
            )
        names = ", ".join(each.name for each in periods) or "none yet"
        raise Mistake(f"{period} {why}; these can be reviewed: {names}")
    return wanted


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Mistake(f"--from: '{text}' is not a day; write 2026-11-01") from None
