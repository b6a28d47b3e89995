"""What `smarketing close` and `smarketing closings` do: close one month; keep the closed ones in the company folder.

Belongs here: its arguments, settings and sentences. Closing itself is lib/closing/months.py.
"""

from typing import Annotated

import typer

from orchestration.commands.arguments import CompanyOption, HomeOption, prepare, stop
from orchestration.lib.closing.carried import write_closings
from orchestration.lib.closing.months import ClosingError, close_month
from orchestration.lib.warehouse.connection import WarehouseBusyError, open_warehouse
from orchestration.lib.warehouse.publishing import current_copy

# A build holds the warehouse for minutes: whoever asks is told at once.
TIMEOUT_SECONDS = 5.0


def close(
    month: Annotated[str, typer.Argument(help="A month that is over: 2026-03.")],
    company: CompanyOption = None,
    home: HomeOption = None,
) -> None:
    """Close a month for good: it keeps the published figures, and what comes later is shown as a restatement."""
    place = prepare(company, home)
    copy = current_copy(place.published)
    if not copy.exists() or not place.warehouse.exists():
        stop(f"{copy}: nothing has been published yet; run `smarketing run` first", 1)
    try:
        with open_warehouse(place.warehouse, timeout_seconds=TIMEOUT_SECONDS) as connection:
            commitments, undue = close_month(connection, copy, month)
    except (ClosingError, WarehouseBusyError) as error:
        stop(str(error), 2)
    later = f"; {undue:,} that are not due yet follow when they are" if undue else ""
    typer.echo(
        f"{month} is closed with {commitments:,} commitments of the published copy{later}.\n"
        "The next run shows it as closed; what comes later is in rpt_restatements."
    )


def closings(company: CompanyOption = None, home: HomeOption = None) -> None:
    """Write the closed months to closings/ of the company folder, from which a new warehouse starts."""
    place = prepare(company, home)
    if not place.warehouse.exists():
        stop(f"{place.warehouse}: nothing has been built yet; run `smarketing run` first", 1)
    try:
        with open_warehouse(place.warehouse, timeout_seconds=TIMEOUT_SECONDS) as connection:
            folder, months = write_closings(connection, place.company)
    except (ClosingError, WarehouseBusyError) as error:
        stop(str(error), 2)
    typer.echo(f"{months} closed months: {folder}")
