"""Win rate, average deal, length of a sale, revenue per account: one section of the scorecard.

Belongs here: the month of the meeting, the last quarter that has ended and all the time side by side. The figures are
those of fct_kpis.
"""

from datetime import date

import duckdb

from orchestration.lib.pages.reading import Row, read_rows

# As a page lists them, with the unit in which it prints them.
KPIS = {
    "win_rate": ("Win rate", "rate", "deals"),
    "average_deal": ("Average deal", "count", "deals won"),
    "sales_cycle_median_days": ("From handoff to won, median", "days", "deals won"),
    "sales_cycle_p90_days": ("From handoff to won, nine in ten within", "days", "deals won"),
    "revenue_per_account": ("Revenue per account", "count", "accounts"),
}
SHOWN = "select * from marts.fct_kpis where axis = 'all' order by period_date"


def read_sales_kpis(connection: duckdb.DuckDBPyConnection, month: date) -> Row:
    """One line per KPI with a cell for each period, and the quarter that is shown; no line without a case."""
    rows = read_rows(connection, SHOWN)
    quarters = [row["period_date"] for row in rows if row["kpi_period"] == "quarter" and row["has_ended"]]
    quarter = max((each for each in quarters if each <= month), default=None)
    shown = {"month": month, "quarter": quarter, "all": None}
    found = {(row["kpi"], row["kpi_period"]): row for row in rows if row["period_date"] == shown[row["kpi_period"]]}
    return {
        "quarter": quarter,
        "lines": [
            {"name": name, "unit": unit, "of": of, "cells": [found.get((kpi, each)) for each in shown]}
            for kpi, (name, unit, of) in KPIS.items()
            if any(row["denominator"] for (known, _), row in found.items() if known == kpi)
        ],
    }
