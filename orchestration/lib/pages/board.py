"""The board: one page for sales and marketing, read together in 15 minutes every morning.

What was delivered and never touched comes first, then what is to be done today, what happened yesterday,
and how the promises are kept.
Belongs here: which sections the page has. Their figures are read in their own modules.
"""

from collections.abc import Sequence

import duckdb

from orchestration.lib.inspection.openings import Opening
from orchestration.lib.pages.arrivals import read_arrivals
from orchestration.lib.pages.attribution import read_bridge, read_closed_loop, read_credits
from orchestration.lib.pages.changes import read_changes
from orchestration.lib.pages.charts import attainment_chart, value_chart
from orchestration.lib.pages.commitments import previous_month, read_promises
from orchestration.lib.pages.disputes import read_disputes
from orchestration.lib.pages.funnel import read_funnel
from orchestration.lib.pages.guards import count_guards
from orchestration.lib.pages.kpis import read_kpis
from orchestration.lib.pages.outstanding import read_outstanding
from orchestration.lib.pages.pacing import read_pacing
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.pages.untouched import read_undated, read_untouched
from orchestration.lib.pages.weeks import read_this_week
from orchestration.lib.pages.workload import read_load
from orchestration.lib.warehouse.rows import Row


def render_board(connection: duckdb.DuckDBPyConnection, openings: Sequence[Opening] = ()) -> str:
    """The board as one HTML document. ValueError if the warehouse was never built."""
    header = read_header(connection)
    promises = read_promises(connection, header["month_date"])
    for promise in promises:
        promise["chart"] = _chart(promise, header)
    return render(
        "today.html.j2",
        "index.html",
        header=header,
        this_month=header["month_date"],
        last_month=previous_month(header["month_date"]),
        untouched=read_untouched(connection),
        undated=read_undated(connection),
        openings=openings,
        outstanding=read_outstanding(connection),
        pacing=read_pacing(connection),
        disputes=read_disputes(connection, header["month_date"]),
        load=read_load(connection, header["month_date"]),
        changes=read_changes(connection),
        promises=promises,
        kpis=read_kpis(connection, header["month_date"]),
        weeks=read_this_week(connection, header["as_of_date"]),
        funnel=read_funnel(connection),
        closed_loop=read_closed_loop(connection),
        credits=read_credits(connection),
        bridge=read_bridge(connection),
        arrivals=read_arrivals(connection),
        guards=count_guards(connection),
    )


def _chart(promise: Row, header: Row) -> str:
    name, currency = header["names"][promise["commitment"]], header["currency_code"]
    if not promise["is_counted"]:
        return value_chart(promise["months"], currency, f"{name}: delivered against target, by month")
    return attainment_chart(promise["months"], f"{name}: share kept of those due, by month")
