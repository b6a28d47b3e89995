"""The backlog: what is overdue for too long to be on Today, and what was delivered and never touched.

Belongs here: the sections of the page, and how many rows each shows. All rows are in the lists.
"""

import duckdb

from orchestration.lib.pages.outstanding import OVERDUE_DAYS
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.pages.untouched import read_untouched
from orchestration.lib.warehouse.rows import Row, read_rows

ROWS_SHOWN = 200
OWNERS_SHOWN = 30

OLD = "state in ('overdue for long', 'backlog', 'rework')"
LATEST = f"select * from reports.rpt_open_commitments where {OLD} order by abs(hours_left), commitment_id limit ?"
OWNERS = (
    "select "
    "owner_id, owner_name, team_label, count(*) as promises, max(-hours_left) as most_hours, "
    "count(*) filter (where state = 'overdue for long') as overdue_for_long, "
    "count(*) filter (where state = 'backlog') as backlog, count(*) filter (where state = 'rework') as rework "
    f"from reports.rpt_open_commitments where {OLD} "
    "group by all order by promises desc, owner_name, owner_id nulls last"
)


def render_backlog(connection: duckdb.DuckDBPyConnection) -> str:
    """The page as one HTML document. ValueError if the warehouse was never built."""
    owners = read_rows(connection, OWNERS)
    return render(
        "backlog.html.j2",
        "backlog.html",
        header=read_header(connection),
        days=OVERDUE_DAYS,
        owners=owners[:OWNERS_SHOWN],
        hidden=_rest(owners[OWNERS_SHOWN:]),
        promises=sum(owner["promises"] for owner in owners),
        rows=read_rows(connection, LATEST, [ROWS_SHOWN]),
        untouched=read_untouched(connection),
    )


def _rest(owners: list[Row]) -> Row:
    return {"owners": len(owners), "promises": sum(owner["promises"] for owner in owners)}
