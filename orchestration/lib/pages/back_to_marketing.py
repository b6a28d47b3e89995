"""What goes back to marketing: cost and customers by month, what was lost and why, what waits, what helps.

Belongs here: four sections of the scorecard. The figures are those of rpt_closed_loop_cohorts, rpt_reasons,
rpt_recycled_stock, rpt_content and rpt_content_effect.
"""

from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

REASONS = "select * from reports.rpt_reasons where split in ('all', 'channel') order by split, place"
CONTENT = "select * from reports.rpt_content order by place"
LANDMARK = 14  # days, of those of the report
EFFECTS = "select * from reports.rpt_content_effect where outcome = 'next stage' and not is_few order by all"
RECYCLED = "select * from reports.rpt_recycled_stock order by split, place"
COHORTS = "select * from reports.rpt_closed_loop_cohorts where axis = 'all' order by month_date"
COHORTS_SHOWN = 12
KINDS = ("declined", "lost", "left")
CHANNELS_SHOWN = 8


def read_cohorts(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """The last months with their leads and cost, and beside them the deals that were won in the month."""
    rows = read_rows(connection, COHORTS)
    closed = {row["month_date"]: row for row in rows if row["month_of"] == "close"}
    leads = [
        row | {"closed": closed.get(row["month_date"])} for row in rows if row["month_of"] == "lead" and row["leads"]
    ]
    return leads[-COHORTS_SHOWN:]


def read_reasons(connection: duckdb.DuckDBPyConnection) -> Row:
    """The reasons of each kind, and of the channels with most of them the most frequent reason of each kind."""
    rows = read_rows(connection, REASONS)
    every = [row for row in rows if row["split"] == "all"]
    channels: dict[str, Row] = {}
    for row in rows:
        if row["split"] == "channel":
            channels.setdefault(row["part"], dict.fromkeys(KINDS))
            channels[row["part"]][row["reason_of"]] = channels[row["part"]][row["reason_of"]] or row
    ordered = sorted(channels.items(), key=lambda item: (-_reasons_of(item[1]), item[0]))
    return {
        "kinds": [(kind, [row for row in every if row["reason_of"] == kind]) for kind in KINDS],
        "channels": ordered[:CHANNELS_SHOWN],
        "hidden": len(ordered[CHANNELS_SHOWN:]),
    }


def read_recycled(connection: duckdb.DuckDBPyConnection) -> Row | None:
    """The stock of recycled leads together and by split; nothing where no lead was ever recycled."""
    splits = {split: list(rows) for split, rows in groupby(read_rows(connection, RECYCLED), itemgetter("split"))}
    total = splits["all"][0] if "all" in splits else None
    return total | {"splits": splits} if total and total["recycled"] else None


def read_content(connection: duckdb.DuckDBPyConnection) -> Row:
    """The content that there is, for each stage the personas without any, and the effects that are known."""
    rows = read_rows(connection, CONTENT)
    gaps = groupby((row for row in rows if row["is_gap"]), key=itemgetter("content_stage"))
    return {
        "rows": [row for row in rows if not row["is_gap"]],
        "gaps": [(stage, [row["content_persona"] for row in group]) for stage, group in gaps],
        "effects": _effects(read_rows(connection, EFFECTS)),
        "landmark_days": LANDMARK,
    }


def _effects(rows: list[Row]) -> list[Row]:
    """A line for each content and stage with a figure at the landmark, and beside it what ended paths would claim."""
    ended = {(row["stage"], row["content_name"]): row for row in rows if row["comparison"] == "ended paths"}
    lines = [row for row in rows if row["landmark_days"] == LANDMARK]
    return [row | {"ended": ended.get((row["stage"], row["content_name"]))} for row in lines]


def _reasons_of(kinds: Row) -> int:
    return sum(row["part_reasons"] for row in kinds.values() if row)
