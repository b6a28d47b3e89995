"""The key figures of each team and of both: a section of the scorecard, and in short beside the promises.

Belongs here: the last quarter that has ended beside the one before it, and what was promised of it. The figures are
those of fct_kpis, their words those of dim_kpi, whether a promise was kept is fct_measures.
"""

from datetime import date

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

TEAMS = ("joint", "marketing", "sales")

# What is shown in short of the joint ones, where the list has them.
IN_SHORT = (
    "revenue",
    "revenue_growth_previous",
    "revenue_growth_year",
    "customer_acquisition_cost",
    "customer_lifetime_value",
    "clv_to_cac",
)

KPIS = "select * from marts.dim_kpi order by kpi_number"

FIGURES = "select * from marts.fct_kpis where axis = 'all' and kpi_period <> 'month'"

PROMISED = """
    select measures.*, coalesce(kpis.kpi, measures.measure) as kpi
    from marts.fct_measures as measures left join marts.dim_kpi as kpis on measures.measure = kpis.agreement_measure
    where period = 'quarter' and period_date = ? and owner_id is null and lead_type is null
    order by agreement_version, commitment
"""


def read_kpis(connection: duckdb.DuckDBPyConnection, until: date) -> Row:
    """The two quarters, and of each team its KPIs in their order, each with both figures and its promises."""
    rows = read_rows(connection, FIGURES)
    ended = {row["period_date"] for row in rows if row["kpi_period"] == "quarter" and row["has_ended"]}
    quarters = sorted((quarter for quarter in ended if quarter < until), reverse=True)[:2]
    figures = {(row["kpi"], row["period_date"]): row for row in rows}
    promised = read_rows(connection, PROMISED, quarters[:1]) if quarters else []
    lines = [
        {
            **kpi,
            # A figure that has no quarters is that of all time.
            "cells": [
                figures.get((kpi["kpi"], quarter)) for quarter in ([None] if kpi["periods"] == "all" else quarters)
            ],
            "promised": [row for row in promised if row["kpi"] == kpi["kpi"]],
        }
        for kpi in read_rows(connection, KPIS)
    ]
    return {
        "quarters": quarters,
        "teams": [(team, [line for line in lines if line["team"] == team]) for team in TEAMS],
        "in_short": [line for name in IN_SHORT for line in lines if line["kpi"] == name],
    }
