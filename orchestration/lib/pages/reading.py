"""The head of every page.

Belongs here: reading that all sections share. A section's own SQL is in its module.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import duckdb

from orchestration.lib.formats import label
from orchestration.lib.warehouse.rows import Row, read_rows

HEADER = "select * from reports.rpt_page_header"

# Versions that do not take effect until both teams have signed them.
WAITING = """
    select agreement_version as version, agreed_from_date, missing_signatures
    from marts.dim_agreement
    where status = 'waiting'
    order by agreed_from_date
"""


# Systems that commitments are evaluated by and whose files end days before the as-of.
BEHIND = "select system, last_date from reports.rpt_sources where is_behind order by last_date, system"

# The other systems whose files end long before it.
OLD = "select system, last_date from reports.rpt_sources where is_old and not is_behind order by last_date, system"

# A commitment is called as the newest version with it calls it.
NAMES = "select commitment, commitment_name from marts.dim_commitment order by effective_from nulls first"

ENTITIES = "select distinct entity from marts.fct_source_freshness"


class Names(dict[str, str]):
    """What the agreement calls each commitment; one that it has not is called by its key in words."""

    def __missing__(self, commitment: str) -> str:
        """Its key in words."""
        return label(commitment)


def known_sum(values: Iterable[Any]) -> Any:
    """The sum of what is known; None where nothing is, since what is not in the data is not zero."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def by_month(rows: Iterable[Row], column: str = "month_date") -> dict[date, list[Row]]:
    """The rows of each month, in their order: a table of all months is read once, and parted."""
    months: dict[date, list[Row]] = {}
    for row in rows:
        months.setdefault(row[column], []).append(row)
    return months


def read_header(connection: duckdb.DuckDBPyConnection) -> Row:
    """Company, as-of on the company's clock, and the agreement in force (agreement_version None without one).

    ValueError if nothing was built yet.
    """
    rows = read_rows(connection, HEADER)
    if not rows:
        raise ValueError("reports.rpt_page_header is empty: build the warehouse, then render its pages")
    return rows[0] | {
        "waiting": read_rows(connection, WAITING),
        "behind": read_rows(connection, BEHIND),
        "old": read_rows(connection, OLD),
        "names": Names((row["commitment"], row["commitment_name"]) for row in read_rows(connection, NAMES)),
        "entities": {row["entity"] for row in read_rows(connection, ENTITIES)},
    }
