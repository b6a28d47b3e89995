"""`smarketing dispute`: a dispute about a lead is opened by one person, and decided by another.

Belongs here: its arguments and its sentences. The register is lib/company/disputes.py.
"""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from orchestration import settings
from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import prepare
from orchestration.lib.agreement.versions import latest_in_force
from orchestration.lib.company.disputes import Decision, DisputeError, decide_dispute, find_lead, open_dispute


def dispute(
    lead: Annotated[str, typer.Argument(metavar="LEAD", help="The lead, by its id as pages show it: hubspot:123.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="First and last name of who opens or decides it.")],
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Open a dispute: what is wrong with it.")] = None,
    decide: Annotated[
        Decision | None, typer.Option(help="Decide the open dispute: the lead's value is given back, or kept.")
    ] = None,
    company: CompanyOption = None,
    home: HomeOption = None,
) -> None:
    """Open a dispute about a lead that was handed over, or decide the one that is open.

    Both write reference/disputes.csv of the company. Who has opened a dispute does not decide it. A decision to give
    back takes the lead's value from what marketing delivered, on the day of the decision.
    """
    if (reason is None) == (decide is None):
        raise DisputeError('give either --reason "...", which opens a dispute, or --decide, which decides the open one')
    prepared = prepare(company, home)
    folder = prepared.company.reference
    if folder.is_relative_to(settings.EXAMPLES):
        own = prepared.company.folder / "reference"
        raise DisputeError(f"{folder} belongs to an example; copy it to {own}, and use that")
    found = find_lead(prepared.published_copy(), lead.strip())
    agreed = latest_in_force(prepared.agreements).company
    today = datetime.now(ZoneInfo(agreed.time_zone)).date()
    if decide is None:
        place = open_dispute(folder, found, reason or "", by, today)
        print_line(
            f"{place}: a dispute is open about {found.name}, handed over on {found.handed_over} and worth "
            f"{agreed.currency} {found.value:,.2f}.\n"
            f"Somebody else decides it: smarketing dispute {found.name} --decide give_back (or keep) --by NAME"
        )
    else:
        place = decide_dispute(folder, found, decide, by, today)
        what = "its value is given back" if decide == "give_back" else "its value stays delivered"
        print_line(f"{place}: the dispute about {found.name} is decided, {what}.")
    print_line(f"It counts from the next run on whose exports go to {today} or later.")
