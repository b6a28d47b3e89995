"""Which sources bring customers and money: the closed loop by source, and first and last touch by channel."""

from typing import Any

import duckdb

from orchestration.lib.pages.reading import Row, read_rows

SOURCES_SHOWN = 25
SUMMED = (
    "leads",
    "mqls",
    "customers",
    "deals_won",
    "won_amount",
    "revenue_lines",
    "revenue_amount",
    "spend_amount",
)

# The sources of a channel stand together, so that its spend is read beside its leads.
CLOSED_LOOP = """
    select *
    from reports.rpt_closed_loop
    order by sum(leads) over (partition by channel) desc, channel, leads desc, spend_amount desc, source_label
"""

TOUCHES = """
    select
        channel,
        coalesce(sum(conversions) filter (where attribution_model = 'first_touch'), 0) as first_conversions,
        sum(attributed_amount) filter (where attribution_model = 'first_touch') as first_amount,
        coalesce(sum(conversions) filter (where attribution_model = 'last_touch'), 0) as last_conversions,
        sum(attributed_amount) filter (where attribution_model = 'last_touch') as last_amount
    from reports.rpt_attribution
    where attribution_model in ('first_touch', 'last_touch')
    group by channel
    order by first_conversions + last_conversions desc, channel
"""


def read_closed_loop(connection: duckdb.DuckDBPyConnection) -> Row:
    """The sources of the channels with most leads, the sums of all the others, and the sums of all."""
    rows = read_rows(connection, CLOSED_LOOP)
    hidden = rows[SOURCES_SHOWN:]
    return {
        "rows": rows[:SOURCES_SHOWN],
        "hidden": len(hidden),
        "rest": _sums(hidden),
        "total": _sums(rows),
    }


def read_touches(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """One row per channel: new-business opportunities won and their amount, by first and by last touch."""
    return read_rows(connection, TOUCHES)


def _sums(rows: list[Row]) -> dict[str, Any]:
    return {name: sum(row[name] for row in rows) for name in SUMMED}
