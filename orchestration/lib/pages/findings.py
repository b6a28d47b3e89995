"""The findings of a review with the tables of their rows, and each rep's history beside the target.

Belongs here: what the page reads. The sentences are lib/review/findings.py. Every figure is a column; what a
proposed version asks of one rep is the target of its plan, divided as the report divides the agreed one.
"""

from fractions import Fraction

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.quotas import MONTHS_OF
from orchestration.lib.periods import Period
from orchestration.lib.review.decomposition import inputs_of
from orchestration.lib.review.findings import read_findings
from orchestration.lib.warehouse.rows import Row, read_rows

CAPACITY = "select * from reports.rpt_rep_capacity order by month_leads"
REPS = "select * from reports.rpt_rep_targets order by revenue_stream, owner_name, owner_id"
# The table that has the rows of a finding, and the page that shows it (empty: this one).
ROWS = {
    "bottleneck": ("rpt_review_rates", ""),
    "improvement": ("rpt_review_rates", ""),
    "breach": ("fct_missed_clocks", "../scorecard/index.html#clock-time"),
    "drift": ("fct_handoffs", "../scorecard/index.html#excuses"),
    "delivery": ("fct_lead_delivery_daily", "../scorecard/index.html"),
    "source": ("fct_stage_conversions", "../attribution.html"),
    "promise": ("rpt_sla_compliance_month", "../scorecard/index.html"),
    "forecast": ("rpt_quarter_forecast", "../scorecard/index.html#forecast"),
}


def findings_part(connection: duckdb.DuckDBPyConnection, period: Period) -> list[Row]:
    """The findings of a period, those with most money first, each with its sentence and where its rows are."""
    found = read_findings(connection, period)
    return [row | dict(zip(("table", "page"), ROWS[row["finding_kind"]], strict=True)) for row in found]


def reps_part(connection: duckdb.DuckDBPyConnection, proposed: Agreement | None) -> list[Row]:
    """Each rep and stream, with what the agreed and the proposed version ask of one rep in an even month."""
    asked = {} if proposed is None else leads_per_rep(proposed)
    return [row | {"proposed_leads": asked.get(row["revenue_stream"])} for row in read_rows(connection, REPS)]


def leads_per_rep(agreement: Agreement) -> dict[str, float]:
    """Of each stream with agreed reps, the leads that its plan asks of one of them in an even month."""
    found = {}
    for key, stream in agreement.revenue_streams.items():
        if stream.sales_capacity is not None:
            plans = [inputs_of(stream, lead_type) for lead_type in stream.lead_types.values()]
            months = [
                Fraction(plan.target_leads, MONTHS_OF.get(plan.per) or int(plan.per.split()[0])) for plan in plans
            ]
            found[key] = float(sum(months) / stream.sales_capacity.reps)
    return found


def capacity_part(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """The months of the reps by load, the lightest first."""
    return read_rows(connection, CAPACITY)
