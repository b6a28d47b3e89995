"""Lead value of yesterday, and of its month until then, beside what of the month had fallen due."""

import duckdb

from orchestration.lib.formats import label
from orchestration.lib.language import gettext
from orchestration.lib.pages.sparklines import sparkline
from orchestration.lib.warehouse.rows import Row, read_rows

# A version has its own days; what is due of the month goes on from one to the next.
DAYS = """
    select daily.*, coverage.is_withheld, coverage.withheld_reason, coverage.coverage_rate
    from marts.fct_lead_delivery_daily as daily
    left join marts.fct_commitment_coverage as coverage
        on daily.month_date = coverage.month_date and daily.team = coverage.team
        and daily.commitment = coverage.commitment
    where is_month_to_yesterday
    order by commitment, revenue_stream, lead_type, delivery_date
"""


def read_pacing(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """One row per commitment to lead value, revenue stream and lead type, as yesterday leaves it."""
    days: dict[tuple[str, ...], list[Row]] = {}
    for row in read_rows(connection, DAYS):
        key = (row["commitment"], row["revenue_stream"], row["lead_type"])
        days.setdefault(key, []).append(row)
    return [rows[-1] | {"chart": _chart(rows)} for rows in days.values() if rows[-1]["is_yesterday"]]


def _chart(days: list[Row]) -> str:
    return sparkline(
        [day["month_to_date_amount"] for day in days],
        gettext(
            "%(stream)s, %(lead_type)s: delivered in the month, day by day, before what had fallen due",
            stream=label(days[0]["revenue_stream"]),
            lead_type=label(days[0]["lead_type"]),
        ),
        against=[day["month_to_date_target_amount"] for day in days],
    )
