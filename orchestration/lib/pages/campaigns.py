"""Campaigns on the page of attribution: what each costs and brings, what does not meet, and what platforms claim.

Belongs here: which campaigns are shown, and the sums of the others. The figures are those of the reports.
"""

from collections.abc import Iterable, Sequence

import duckdb

from orchestration.lib.language import gettext
from orchestration.lib.pages.attribution import ALWAYS_SHOWN, CONVERSIONS
from orchestration.lib.pages.reading import known_sum
from orchestration.lib.warehouse.rows import Row, read_rows

CREDITS = """select * from reports.rpt_attribution
    where is_shown_scope and axis = 'campaign' order by not is_shown_first, model_number, axis_value"""
CAMPAIGNS = "select * from reports.rpt_campaigns order by cost_amount desc nulls last, touches desc, campaign"
CLAIMS = "select * from reports.rpt_platform_conversions order by system, campaign, month_date"
# The dearest campaigns, and those with most credit; these are of no campaign, and come last.
SHOWN = 10
NOWHERE = ("unknown", "unattributed")
NAMES_SHOWN = 5
SUMMED = ("cost_amount", "leads", "mqls", "customers")
CLAIMED = ("platform_conversions", "leads", "customers", "unmatched_touches", "ad_spend_amount")


def read_campaigns(connection: duckdb.DuckDBPyConnection) -> Row:
    """One line per campaign that is shown, the sums of the others, and what does not meet."""
    credits = read_rows(connection, CREDITS)
    campaigns = read_rows(connection, CAMPAIGNS)
    claims = _claims(read_rows(connection, CLAIMS))
    conversion = next((each for each in CONVERSIONS if any(row["conversion"] == each for row in credits)), "won")
    shown = [
        row
        for row in credits
        if row["conversion"] == conversion and (row["is_shown_first"] or row["attribution_model"] in ALWAYS_SHOWN)
    ]
    models = list(dict.fromkeys(row["model_name"] for row in shown))
    cells = {(row["axis_value"], row["model_name"]): row for row in shown}
    counted = {row["campaign"]: row for row in campaigns}
    nothing: Row = {"cost_amount": None, "leads": None, "mqls": None, "customers": None}
    nothing |= {f"cost_per_{each}": None for each in ("lead", "mql", "customer")}
    lines = [
        {"campaign": name, "cells": [cells.get((name, model)) for model in models]}
        | {key: counted.get(name, nothing)[key] for key in nothing}
        for name in dict.fromkeys(row["axis_value"] for row in shown)
    ]
    named = [line for line in lines if line["campaign"] not in NOWHERE]
    dearest = sorted(named, key=lambda line: -(line["cost_amount"] or 0))
    credited = sorted(named, key=lambda line: -(line["cells"][0]["conversions"] if line["cells"][0] else 0))
    top = {line["campaign"] for line in (*dearest[:SHOWN], *credited[:SHOWN])}
    rest = [line for line in dearest if line["campaign"] not in top]
    return {
        "models": models,
        "conversions": gettext(CONVERSIONS[conversion]),
        "lines": [line for line in dearest if line["campaign"] in top],
        "rest": {"campaigns": len(rest), "cells": [_rest(rest, each) for each in range(len(models))]} | _sums(rest),
        "nowhere": [line for line in lines if line["campaign"] in NOWHERE],
        "meets": _meets(campaigns),
        "claims": claims[: SHOWN * 2],
        "claims_hidden": len(claims[SHOWN * 2 :]),
    }


def _sums(lines: Sequence[Row], names: Sequence[str] = SUMMED) -> Row:
    """The sums; none of what no line has."""
    return {name: known_sum(line[name] for line in lines) for name in names}


def _rest(lines: Sequence[Row], model: int) -> Row:
    """The credit and amount that a model gives the campaigns that are not shown."""
    cells = [line["cells"][model] for line in lines if line["cells"][model]]
    return {
        "conversions": sum(cell["conversions"] for cell in cells),
        "attributed_amount": known_sum(cell["attributed_amount"] for cell in cells),
    }


def _claims(months: Iterable[Row]) -> list[Row]:
    """The months of each platform and campaign, added up; the dearest first. A month without spend has no claim."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in months:
        groups.setdefault((row["system"], row["campaign"]), []).append(row)
    claims = [rows[0] | _sums(rows, CLAIMED) for rows in groups.values()]
    return sorted(claims, key=lambda row: -(row["ad_spend_amount"] or 0))


def _meets(campaigns: Iterable[Row]) -> list[Row]:
    """What meets and what does not: how much it is, and the names with most of it."""
    groups: dict[str, list[Row]] = {}
    for row in campaigns:
        groups.setdefault(row["meets"], []).append(row)
    return [
        {
            "meets": meets,
            "campaigns": 0 if meets in ("no campaign", "ambiguous") else len(rows),
            "touches": sum(row["touches"] for row in rows),
            "cost_amount": known_sum(row["cost_amount"] for row in rows),
            "leads": sum(row["leads"] for row in rows),
            "names": [row["campaign"] for row in rows[:NAMES_SHOWN]] if meets.endswith("only") else [],
        }
        for meets, rows in sorted(groups.items(), key=lambda group: -sum(row["touches"] for row in group[1]))
    ]
