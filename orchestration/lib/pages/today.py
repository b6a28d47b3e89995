"""Today: the page that sales and marketing read together every morning, in 15 minutes; at most two screens.

Four figures, what to do first, and one table of the open commitments; the rest is a click away.
Belongs here: which figures and sentences the page has. The rows are read in outstanding.py; what happened yesterday is
in yesterday.py, and what is overdue for long in backlog.py.
"""

from collections.abc import Sequence
from datetime import date
from math import fsum

import duckdb

from orchestration.lib.inspection.openings import Opening
from orchestration.lib.pages.disputes import read_disputes
from orchestration.lib.pages.guards import count_guards
from orchestration.lib.pages.outstanding import OVERDUE_DAYS, choices, count_open, has_clocks, read_open
from orchestration.lib.pages.pacing import read_pacing
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.pages.untouched import read_undated, read_untouched, read_untouched_lead
from orchestration.lib.warehouse.rows import Row, read_rows

# Of the running month what sales has promised by clocks and cadences, the furthest below its target first; what nothing
# of has fallen due yet comes last.
KEPT = (
    "select *, attainment - target as distance "
    "from reports.rpt_team_compliance "
    "where team = 'sales' and kind in ('clock', 'cadence') and period_date = ? "
    "order by distance nulls last, due desc, commitment"
)


def render_today(connection: duckdb.DuckDBPyConnection, openings: Sequence[Opening] = ()) -> str:
    """Today as one HTML document. ValueError if the warehouse was never built."""
    header = read_header(connection)
    rows = read_open(connection)
    return render(
        "today.html.j2",
        "index.html",
        header=header,
        counts=count_open(connection),
        days=OVERDUE_DAYS,
        rows=rows,
        choices=choices(rows, header["names"]),
        has_clocks=has_clocks(connection),
        first=_first(connection, rows),
        untouched=read_untouched(connection),
        kept=_kept(connection, header["month_date"]),
        pace=_pace(connection),
        disputes=read_disputes(connection, header["month_date"]),
        undated=read_undated(connection),
        openings=openings,
        guards=count_guards(connection),
    )


def _first(connection: duckdb.DuckDBPyConnection, rows: list[Row]) -> Row:
    """What to do first: a lead that was delivered lately and never touched, else what is due next, else what was missed
    last; the kind is None where nothing is open.
    """
    if lead := read_untouched_lead(connection):
        return {"kind": "untouched", "row": lead}
    for state in ("due soon", "overdue"):
        if urgent := [row for row in rows if row["state"] == state]:
            return {"kind": state, "row": urgent[0]}
    return {"kind": None, "row": None}


def _kept(connection: duckdb.DuckDBPyConnection, month: date) -> Row:
    """The commitment of sales that is furthest below its target this month, and how many of them are not below it."""
    rows = read_rows(connection, KEPT, [month])
    decided = [row for row in rows if row["distance"] is not None]
    return {
        "row": rows[0] if rows else None,
        "decided": len(decided),
        "reached": sum(row["distance"] >= 0 for row in decided),
        "early": len(rows) - len(decided),
    }


def _pace(connection: duckdb.DuckDBPyConnection) -> Row | None:
    """The lead value of the month until yesterday beside what had fallen due, and how many lead types are behind it."""
    rows = read_pacing(connection)
    if not rows:
        return None
    known = [row for row in rows if not row["is_withheld"]]
    delivered = fsum(row["month_to_date_amount"] for row in known)
    due = fsum(row["month_to_date_target_amount"] for row in known)
    return {
        "delivered": delivered,
        "due": due,
        "rate": delivered / due if due else None,
        "whole": fsum(row["month_target_amount"] for row in known),
        "date": rows[0]["delivery_date"],
        "lead_types": len(known),
        "under": sum(row["status"] == "under" for row in known),
        "withheld": len(rows) - len(known),
    }
