"""What `smarketing close` does: closes one month with the figures that readers have, and says what that means.

Belongs here: settings and sentences. Closing itself is lib/closing.py.
"""

from orchestration import settings
from orchestration.lib.closing import ClosingError, close_month
from orchestration.lib.publishing import current_copy
from orchestration.lib.warehouse import open_warehouse

# A build holds the warehouse for minutes: whoever asks is told at once.
PATIENCE_SECONDS = 5.0


def close(place: settings.Settings, month: str) -> str:
    """Close a month by hand; returns what to print. ClosingError or WarehouseBusyError say what is in the way."""
    published = current_copy(place.published)
    if not published.exists() or not place.warehouse.exists():
        raise ClosingError(f"{published}: nothing has been published yet; run `smarketing run` first")
    with open_warehouse(place.warehouse, patience_seconds=PATIENCE_SECONDS) as connection:
        commitments, pending = close_month(connection, published, month)
    undecided = f", {pending:,} of them pending: their verdict will be a restatement" if pending else ""
    return (
        f"{month} is closed with the {commitments:,} commitments of the published copy{undecided}.\n"
        "The next run shows it as closed; what comes later is in rpt_restatements."
    )
