"""The plan: leads due in each of the next twelve months, by the sales cycle; one section of the scorecard.

Belongs here: the months side by side. What is due in a month, and for which deals, is fct_lead_plan's matter.
"""

from itertools import groupby
from operator import itemgetter

import duckdb

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
