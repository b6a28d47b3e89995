"""Yesterday: what was delivered against pace, what is in dispute, and what changed, one click from Today.

Belongs here: which sections the page has. Their figures are read in their own modules.
"""

import duckdb

from orchestration.lib.pages.changes import read_changes
from orchestration.lib.pages.disputes import read_disputes
from orchestration.lib.pages.pacing import read_pacing
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render


def render_yesterday(connection: duckdb.DuckDBPyConnection) -> str:
    """The page as one HTML document. ValueError if the warehouse was never built."""
    header = read_header(connection)
    return render(
        "yesterday.html.j2",
        "yesterday.html",
        header=header,
        pacing=read_pacing(connection),
        disputes=read_disputes(connection, header["month_date"]),
        changes=read_changes(connection),
    )
