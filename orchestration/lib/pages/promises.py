"""What both teams promised and kept, month by month, with a chart and the owners of each promise.

Belongs here: the page. Its figures are read in commitments.py, weeks.py and kpis.py; the month of a meeting is
scorecard.py.
"""

import duckdb

from orchestration.lib.formats import written
from orchestration.lib.language import gettext
from orchestration.lib.pages.charts import attainment_chart, value_chart
from orchestration.lib.pages.commitments import previous_month, read_promises
from orchestration.lib.pages.kpis import read_kpis
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.pages.scorecard import scorecard_page
from orchestration.lib.pages.weeks import read_this_week
from orchestration.lib.warehouse.rows import Row


def render_promises(connection: duckdb.DuckDBPyConnection) -> str:
    """The promises as one HTML document. ValueError if the warehouse was never built."""
    header = read_header(connection)
    last_month = previous_month(header["month_date"])
    promises = read_promises(connection, header["month_date"])
    for promise in promises:
        promise["chart"] = _chart(promise, header)
        promise["hours"] = written(f"{promise['target'] / 60:g}") if promise["kind"] == "clock" else None
    return render(
        "promises.html.j2",
        "scorecard/promises.html",
        header=header,
        this_month=header["month_date"],
        last_month=last_month,
        latest_page=scorecard_page(last_month),
        promises=promises,
        weeks=read_this_week(connection, header["as_of_date"]),
        kpis=read_kpis(connection, header["month_date"]),
    )


def _chart(promise: Row, header: Row) -> str:
    name, currency = header["names"][promise["commitment"]], header["currency_code"]
    if not promise["is_counted"]:
        title = gettext("%(promise)s: delivered against target, by month", promise=name)
        return value_chart(promise["months"], currency, title)
    return attainment_chart(promise["months"], gettext("%(promise)s: share kept of those due, by month", promise=name))
