"""What marketing has handed over in the running month, against what was owed by today.

Belongs here: the rows of the as-of's day. How a month is spread over its days is SQL (fct_lead_delivery_daily).
"""

import duckdb

from orchestration.lib.pages.reading import Row, read_rows

PACE = """
    select
        daily.commitment, daily.revenue_stream, daily.lead_type, daily.agreement_version, daily.month_to_date_leads,
        daily.month_to_date_amount, daily.month_to_date_target_amount, daily.month_to_date_low_amount,
        daily.month_to_date_high_amount, daily.month_target_amount, daily.status
    from marts.fct_lead_delivery_daily as daily
    inner join marts.dim_build as build on daily.delivery_date = build.as_of_date
    order by daily.commitment, daily.revenue_stream, daily.lead_type
"""


def read_pacing(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """One row per commitment to lead value, revenue stream and lead type, as the as-of's day leaves it."""
    return read_rows(connection, PACE)
