"""The campaigns of which touches and costs did not meet in the last build.

Belongs here: how that reads. They are counted in SQL (rpt_campaigns).
"""

from collections.abc import Iterator

import duckdb

QUERY = """
    select campaign, meets, touches, cost_amount from reports.rpt_campaigns
    where meets in ('touches only', 'costs only', 'ambiguous') order by touches desc, cost_amount desc, campaign
"""
NAMES = 3


def campaign_texts(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """One line for each kind of what does not meet; none where everything does, or an earlier version published."""
    try:
        rows = connection.execute(QUERY).fetchall()
    except duckdb.CatalogException:
        return
    kinds = {meets: [row for row in rows if row[1] == meets] for meets in ("touches only", "costs only", "ambiguous")}
    if found := kinds["touches only"]:
        names = ", ".join(f'"{name}" ({touches:,})' for name, _, touches, _ in found[:NAMES])
        yield f"{sum(row[2] for row in found):,} touches name {_campaigns(found)} without a cost: {_more(names, found)}"
    if found := kinds["costs only"]:
        names = ", ".join(f'"{name}"' for name, *_ in found[:NAMES])
        amount = sum(row[3] or 0 for row in found)
        yield f"a cost of {amount:,.2f} is of {_campaigns(found)} without a touch: {_more(names, found)}"
    if found := kinds["ambiguous"]:
        yield f"{found[0][2]:,} touches have an id that may be of several campaigns, and are of none of them"
    if kinds["touches only"] and kinds["costs only"]:
        yield "a row with `campaign` in reference/campaign_rules.csv makes two names one campaign"


def _campaigns(found: list[tuple]) -> str:
    """How many."""
    return "1 campaign" if len(found) == 1 else f"{len(found):,} campaigns"


def _more(names: str, found: list[tuple]) -> str:
    """The names, and that there are others."""
    return names if len(found) <= NAMES else f"{names} and others"
