"""Delivered and never touched: the leads that sales has not tried to reach, and what they are worth.

Belongs here: the figure with which the scorecard begins, which Today has in a sentence. Who counts as untouched is
fct_handoffs' matter.
"""

from math import fsum

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

SPLIT_BY = ("owner", "source", "age", "outcome")
SHOWN = 8  # names of a split; the others are one line

HANDED_OVER = """
    select
        count(*) filter (where is_counted) as handed_over_leads,
        count(*) filter (where is_counted and contact_due_at < (select as_of from marts.dim_build)) as due_leads,
        count(*) filter (where answer = 'accepted_by_default') as accepted_by_default,
        count(*) filter (where answer = 'recycled_by_default') as recycled_by_default
    from marts.fct_handoffs
"""

SPLITS = "select * from reports.rpt_untouched_splits order by split, place"

# Of those that wait for sales, handed over in the last days: the one worth most, then the latest.
LATEST_DAYS = 30
MOST_WORTH = (
    "select * from reports.rpt_untouched_leads "
    "where outcome = 'open' and answer is distinct from 'accepted' and age_days <= ? and lead_value > 0 "
    "order by lead_value desc, age_days, journey_id limit 1"
)

UNDATED = "select * from reports.rpt_undated_stages order by leads desc, stage"


def read_undated(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """The stages in which leads are since nobody knows when, with how many."""
    return read_rows(connection, UNDATED)


def read_untouched_lead(connection: duckdb.DuckDBPyConnection) -> Row | None:
    """The lead to begin with, of those that were handed over lately and wait; None where there is none."""
    rows = read_rows(connection, MOST_WORTH, [LATEST_DAYS])
    return rows[0] if rows else None


def read_untouched(connection: duckdb.DuckDBPyConnection) -> Row:
    """How many and worth how much, the oldest, and the same by owner, source, age and what became of them."""
    (handed_over,) = read_rows(connection, HANDED_OVER)
    rows = read_rows(connection, SPLITS)
    (total,) = (row for row in rows if row["split"] == "all")
    splits = {name: _shown([row for row in rows if row["split"] == name]) for name in SPLIT_BY}
    return total | handed_over | {"splits": splits}


def _shown(parts: list[Row]) -> list[Row]:
    """The first parts, and the others as one line."""
    hidden = parts[SHOWN:]
    rest = {
        "name": None,
        "names": len(hidden),
        "leads": sum(row["leads"] for row in hidden),
        "lead_value": fsum(row["lead_value"] for row in hidden),
        "most_days": max((row["most_days"] for row in hidden), default=None),
    }
    return [row | {"names": 1} for row in parts[:SHOWN]] + ([rest] if hidden else [])
