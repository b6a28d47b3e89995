"""What a company has done before a review: leads by month, deals that were won, and rates of past quarters.

Belongs here: reading it. What is concluded from it is chances.py.
"""

from dataclasses import dataclass
from datetime import date

import duckdb

LEADS = """
    select revenue_stream, lead_type, from_stage, cohort_date, max(entered)
    from reports.rpt_funnel_conversion
    where cohort_period = 'month' and segment_type = 'stream and lead type' and cohort_date < ?
    group by all order by cohort_date
"""
DEALS = """
    select revenue_stream, cast(amount_reporting as double) as amount
    from marts.fct_opportunities
    where status = 'won' and is_new_business and amount_reporting > 0 and revenue_stream is not null
    order by revenue_stream, amount
"""
RATES = """
    select revenue_stream, lead_type, from_stage || '_to_' || to_stage, measured_rate
    from reports.rpt_review_rates
    where review_period = 'quarter' and basis = 'measured'
"""


@dataclass(frozen=True)
class Past:
    """Leads that entered a stage, by stream, lead type, stage and ended month; amounts won by stream; the highest rate
    of a quarter, by step."""

    leads: dict[tuple[str, str, str], dict[date, int]]
    amounts: dict[str, list[float]]
    best_rates: dict[tuple[str, str, str], float]


def read_past(connection: duckdb.DuckDBPyConnection, as_of: date) -> Past:
    """The past of the published copy; the month of the as-of has not ended."""
    leads: dict[tuple[str, str, str], dict[date, int]] = {}
    for *key, month, number in connection.execute(LEADS, [as_of.replace(day=1)]).fetchall():
        leads.setdefault(tuple(key), {})[month] = number
    amounts: dict[str, list[float]] = {}
    for stream, amount in connection.execute(DEALS).fetchall():
        amounts.setdefault(stream, []).append(amount)
    rates: dict[tuple[str, str, str], float] = {}
    for stream, lead_type, step, rate in connection.execute(RATES).fetchall():
        rates[stream, lead_type, step] = max(rate, rates.get((stream, lead_type, step), 0.0))
    return Past(leads, amounts, rates)
