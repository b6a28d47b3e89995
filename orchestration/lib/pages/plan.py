"""The page of the plan: what is due, how that follows from the quota, who can serve it, and how the month goes.

Belongs here: the months side by side. What is due in a month, and for which deals, is fct_lead_plan's and
fct_lead_demand's matter; how it follows from the quota that of rpt_target_derivation.
"""

from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.calculator.wording import arithmetic
from orchestration.lib.language.places import separated
from orchestration.lib.pages.conditions import a_period
from orchestration.lib.pages.disputes import read_disputes
from orchestration.lib.pages.findings import capacity_part
from orchestration.lib.pages.pacing import read_pacing
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row, read_rows

# A version has its own rows: its leads have their own value.
PLAN = """
    select
        *,
        sum(leads) filter (where plan_month <= 6) over its_months as half_year_leads,
        sum(leads) over its_months as year_leads,
        sum(lead_value_amount) over its_months as year_value_amount,
        sum(customers) over its_months as year_customers,
        min(unknown_quota_month_date) filter (where plan_month <= 6) over its_months as unknown_in_half_year_date,
        min(unknown_quota_month_date) over its_months as unknown_from_date
    from marts.fct_lead_plan
    window its_months as (partition by agreement_version, revenue_stream, lead_type)
    order by revenue_stream, lead_type, agreement_version, month_date
"""

# For which months the leads of this month are.
DEMAND = """select * from marts.fct_lead_demand where month_date = ?
    order by revenue_stream, lead_type, agreement_version, quota_month_date"""

# The version in force, and those to come.
DERIVATION = """select * from reports.rpt_target_derivation
    where effective_to is null or effective_to >= ?
    order by effective_from, agreement_version, revenue_stream, lead_type, division_number"""

# The last three months that have ended, and all to come.
CAPACITY = """select * from reports.rpt_sales_capacity
    where month_date >= ? order by revenue_stream, month_date"""
ENDED_SHOWN = 3


def render_plan(connection: duckdb.DuckDBPyConnection) -> str:
    """The page as one HTML document. ValueError if the warehouse was never built."""
    header = read_header(connection)
    month = header["month_date"]
    first = month.replace(
        year=month.year - (month.month <= ENDED_SHOWN), month=(month.month - 1 - ENDED_SHOWN) % 12 + 1
    )
    capacity = read_rows(connection, CAPACITY, [first])
    return render(
        "plan.html.j2",
        "plan.html",
        header=header,
        month=month,
        pacing=read_pacing(connection),
        disputes=read_disputes(connection, month),
        plan=read_plan(connection),
        demand=_demand(read_rows(connection, DEMAND, [month])),
        derivation=_derivation(read_rows(connection, DERIVATION, [header["as_of_date"]])),
        capacity=[(stream, list(rows)) for stream, rows in groupby(capacity, key=itemgetter("revenue_stream"))],
        measured=capacity_part(connection),
        a_period=a_period,
        arithmetic=arithmetic,
        tenths=_tenths,
    )


def _tenths(leads: float) -> str:
    return separated(f"{leads:,.1f}")


def read_plan(connection: duckdb.DuckDBPyConnection) -> Row:
    """One row per revenue stream, lead type and version, with a cell for each month of the plan; None without one."""
    rows = read_rows(connection, PLAN)
    months = sorted({row["month_date"] for row in rows})
    lines = []
    for _, group in groupby(rows, key=itemgetter("revenue_stream", "lead_type", "agreement_version")):
        by_month = {row["month_date"]: row for row in group}
        lines.append(next(iter(by_month.values())) | {"cells": [by_month.get(month) for month in months]})
    unknown = [row["unknown_from_date"] for row in lines if row["unknown_from_date"]]
    return {
        "months": months,
        "lines": lines,
        "unknown_from_date": min(unknown, default=None),
        "has_versions": len({row["agreement_version"] for row in rows}) > 1,
        "is_without_lag": any(row["basis"].startswith("unknown") for row in rows),
    }


def _demand(rows: list[Row]) -> Row:
    """One row per revenue stream, lead type and version, with a cell for each month whose deals the leads are for."""
    months = sorted({row["quota_month_date"] for row in rows})
    lines = []
    for _, group in groupby(rows, key=itemgetter("revenue_stream", "lead_type", "agreement_version")):
        by_month = {row["quota_month_date"]: row for row in group}
        lines.append(next(iter(by_month.values())) | {"cells": [by_month.get(month) for month in months]})
    return {"months": months, "lines": lines, "has_versions": len({row["agreement_version"] for row in rows}) > 1}


def _derivation(rows: list[Row]) -> list[Row]:
    """The versions, the one in force first; of each the revenue streams and lead types with their divisions."""
    versions = []
    for version, of_version in groupby(rows, key=itemgetter("agreement_version")):
        chains = [list(chain) for _, chain in groupby(of_version, key=itemgetter("revenue_stream", "lead_type"))]
        versions.append({"version": version, "chains": chains})
    return versions
