"""Which sources bring customers and money: the closed loop by source, and the credit of channels by model."""

from typing import Any

import duckdb

from orchestration.lib.language import gettext, later
from orchestration.lib.pages.reading import known_sum
from orchestration.lib.warehouse.rows import Row, read_rows

SUMMED = (
    "leads",
    "mqls",
    "sqls",
    "opportunities",
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

CREDITS = """select *, axis_value as channel from reports.rpt_attribution
    where is_shown_scope and axis = 'channel' order by not is_shown_first, model_number, axis_value"""
# Beside the agreed model stand the two that everybody knows; of the conversions, the last of the funnel is shown.
ALWAYS_SHOWN = ("first_touch", "last_touch")
CONVERSIONS = {
    "won": later("Opportunities won"),
    "opportunity": later("Opportunities opened"),
    "sql": later("SQLs"),
    "mql": later("MQLs"),
}

BRIDGE = """select * from reports.rpt_channel_bridge where is_shown_first
    order by closed_date desc nulls last, opportunity_id, credit desc, channel"""
DEALS_SHOWN = 15


def read_every_source(connection: duckdb.DuckDBPyConnection) -> Row:
    """Every source, and the sums of all."""
    rows = read_rows(connection, CLOSED_LOOP)
    return {"rows": rows, "total": _sums(rows)}


def read_credits(connection: duckdb.DuckDBPyConnection) -> Row:
    """The models shown, the agreed one first, and one row per channel: conversions and amount by each model."""
    rows = read_rows(connection, CREDITS)
    conversion = next((each for each in CONVERSIONS if any(row["conversion"] == each for row in rows)), "won")
    rows = [row for row in rows if row["conversion"] == conversion and row["conversions"]]
    shown = [row for row in rows if row["is_shown_first"] or row["attribution_model"] in ALWAYS_SHOWN]
    models = list(dict.fromkeys(row["model_name"] for row in shown))
    found = {(row["channel"], row["model_name"]): row for row in shown}
    nothing = {"conversions": 0, "attributed_amount": None}
    by_channel = {
        channel: [found.get((channel, model), nothing) for model in models]
        for channel in dict.fromkeys(row["channel"] for row in shown)
    }
    channels = sorted(by_channel, key=lambda each: (-sum(cell["conversions"] for cell in by_channel[each]), each))
    return {
        "models": models,
        "conversions": gettext(CONVERSIONS[conversion]),
        "rows": [{"channel": channel, "cells": by_channel[channel]} for channel in channels],
    }


def read_bridge(connection: duckdb.DuckDBPyConnection) -> Row:
    """The channels of which the closed loop and the first model have two figures, and the deals that are why."""
    rows = read_rows(connection, BRIDGE)
    channels = sorted({row["channel"] for row in rows if not row["is_same_channel"]})
    sums = [
        {"channel": each} | {name: _sum(rows, name, each) for name in ("journey_amount", "attributed_amount")}
        for each in channels
    ]
    sums.sort(key=lambda row: (-abs(row["journey_amount"] - row["attributed_amount"]), row["channel"]))
    deals: dict[str, Row] = {}
    for row in rows:
        if not row["is_same_channel"]:
            deal = deals.setdefault(row["opportunity_id"], row | {"channels": [], "amount": None})
            if row["credit"]:
                deal["channels"].append(row["channel"])
            if row["channel"] == row["journey_channel"]:
                deal["amount"] = row["journey_amount"]
    shown = list(deals.values())
    return {"channels": sums, "deals": shown[:DEALS_SHOWN], "hidden": len(shown[DEALS_SHOWN:])}


def _sum(rows: list[Row], name: str, channel: str) -> Any:
    """What the deals of a channel are worth, by their journeys or by the model."""
    return sum(row[name] or 0 for row in rows if row["channel"] == channel)


def _sums(rows: list[Row]) -> dict[str, Any]:
    """The sums; none of what no row has."""
    return {name: known_sum(row[name] for row in rows) for name in SUMMED}
