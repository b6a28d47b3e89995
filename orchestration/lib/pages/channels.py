"""The page of attribution: channels and campaigns by model, what they cost, and what each model cannot see.

Belongs here: the sections of channels; campaigns.py has that of campaigns, attribution.py the agreed model beside the
two best-known ones, and the bridge to the closed loop.
"""

from collections.abc import Sequence

import duckdb

from orchestration.lib.language import gettext
from orchestration.lib.pages.attribution import CONVERSIONS, CREDITS, read_bridge, read_credits
from orchestration.lib.pages.campaigns import read_campaigns
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row, read_rows

MODELS = "select * from marts.dim_attribution_model order by model_number"


def render_attribution(connection: duckdb.DuckDBPyConnection) -> str:
    """The page as one HTML document. ValueError if the warehouse was never built."""
    rows = read_rows(connection, CREDITS)
    models = read_rows(connection, MODELS)
    shown = [name for name in CONVERSIONS if any(row["conversion"] == name for row in rows)]
    return render(
        "attribution.html.j2",
        "attribution.html",
        header=read_header(connection),
        conversions=[_conversion(name, models, [row for row in rows if row["conversion"] == name]) for name in shown],
        models=models,
        credits=read_credits(connection),
        campaigns=read_campaigns(connection),
        bridge=read_bridge(connection),
        shown_model=next((row["model_name"] for row in rows if row["is_shown_first"]), None),
    )


def _conversion(name: str, models: Sequence[Row], rows: Sequence[Row]) -> Row:
    """One row per channel with a cell for each model that is known, the agreed one first; most credit first."""
    first = next((row["attribution_model"] for row in rows if row["is_shown_first"]), None)
    has_credit = {row["attribution_model"] for row in rows}
    known = [each for each in models if each["attribution_model"] in has_credit]
    known.sort(key=lambda each: each["attribution_model"] != first)
    cells = {(row["channel"], row["attribution_model"]): row for row in rows}
    costs = {row["channel"]: row["cost_amount"] for row in rows}
    lines = [
        {
            "channel": channel,
            "cost_amount": cost,
            "cells": [cells.get((channel, each["attribution_model"])) for each in known],
        }
        for channel, cost in costs.items()
    ]
    lines.sort(key=lambda line: (-sum(cell["conversions"] for cell in line["cells"] if cell), line["channel"]))
    return {
        "name": gettext(CONVERSIONS[name]),
        "has_amounts": any(row["attributed_amount"] is not None for row in rows),
        "models": known,
        "lines": lines,
        "unknown": [each["model_name"] for each in models if each["attribution_model"] not in has_credit],
    }
