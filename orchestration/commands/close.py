"""`smarketing close`: one month, with the figures of the published copy.

Belongs here: its argument and its sentences. Closing itself is lib/closing/.
"""

from typing import Annotated

import typer

from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import TIMEOUT_SECONDS, prepare
from orchestration.lib.closing.months import close_month
from orchestration.lib.store.database import attached
from orchestration.lib.store.files import keep_copy
from orchestration.lib.warehouse.connection import open_warehouse


def close(
    month: Annotated[str, typer.Argument(metavar="MONTH", help="A month that is over: 2026-03.")],
    company: CompanyOption = None,
    home: HomeOption = None,
) -> None:
    """Close a month for good: its published figures are kept, and what comes later is shown as a restatement."""
    prepared = prepare(company, home, holder="close")
    copy = prepared.published_copy()
    with (
        open_warehouse(prepared.place.warehouse, timeout_seconds=TIMEOUT_SECONDS) as connection,
        attached(connection, prepared.place.store),
    ):
        commitments, undue = close_month(connection, copy, month)
    keep_copy(prepared.place.store)
    later = f"; {undue:,} that are not due yet follow when they are" if undue else ""
    print_line(
        f"{month} is closed with {commitments:,} commitments of the published copy{later}.\n"
        "The next run shows it as closed; what comes later is in rpt_restatements."
    )
