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
    "cost_amount",
)

# The sources of a channel stand together, so that its cost is read beside its leads.
CLOSED_LOOP = """
    select *
    from reports.rpt_closed_loop
    order by sum(leads) over (partition by channel) desc, channel, leads desc, cost_amount desc nulls last, source_label
"""

TOUCHES = "select * from reports.rpt_attribution where attribution_model in ('first_touch', 'last_touch')"

BRIDGE = "select * from reports.rpt_channel_bridge order by closed_date desc nulls last, opportunity_id"
DEALS_SHOWN = 15


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
    by_channel: dict[str, Row] = {}
    for row in read_rows(connection, TOUCHES):
        nothing = dict.fromkeys(("first_conversions", "last_conversions"), 0)
        channel = by_channel.setdefault(row["channel"], {"channel": row["channel"], **nothing})
        which = row["attribution_model"].removesuffix("_touch")
        channel |= {f"{which}_conversions": row["conversions"], f"{which}_amount": row["attributed_amount"]}
    rows = [dict.fromkeys(("first_amount", "last_amount")) | row for row in by_channel.values()]
    return sorted(rows, key=lambda row: (-row["first_conversions"] - row["last_conversions"], row["channel"]))


def read_bridge(connection: duckdb.DuckDBPyConnection) -> Row:
    """The channels of which the closed loop and the first touch have two figures, and the deals that are why."""
    rows = read_rows(connection, BRIDGE)
    deals = [row for row in rows if not row["is_same_channel"]]
    channels = sorted({row[name] for row in deals for name in ("journey_channel", "first_touch_channel")})
    sums = [{"channel": each} | {way: _won(rows, way, each) for way in ("journey", "first_touch")} for each in channels]
    return {"channels": sums, "deals": deals[:DEALS_SHOWN], "hidden": len(deals[DEALS_SHOWN:])}


def _won(rows: list[Row], way: str, channel: str) -> Any:
    """What the deals of a channel are worth, by their journeys or by the first touch."""
    return sum(row["won_amount"] or 0 for row in rows if row[f"{way}_channel"] == channel)


def _sums(rows: list[Row]) -> dict[str, Any]:
    """The sums; none of what no row has: a cost that is not in the data is not zero."""
    known = {name: [row[name] for row in rows if row[name] is not None] for name in SUMMED}
    return {name: sum(values) if values else None for name, values in known.items()}
