"""What late answers cost: one section of the scorecard.

Belongs here: the rows of the report as a page shows them, for one horizon. What a band is, and what the difference and
its money are, is SQL (rpt_late_answers).
"""

from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.language import gettext, later
from orchestration.lib.warehouse.rows import Row, read_rows

ANSWERS = "select * from reports.rpt_late_answers where within_days = 90 order by all"
CLASSES = ("attempt", "contact", "conversation")
LATE = {
    "attempt": later("attempt late"),
    "contact": later("contact late"),
    "conversation": later("conversation late"),
}
BANDS = (
    later("within 1 h"),
    later("1 to 4 h"),
    later("4 to 24 h"),
    later("24 to 48 h"),
    later("after 48 h"),
    later("not answered"),
    later("before the start"),
    later("not known"),
)


def read_late_answers(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Each commitment of which a cost is known: late against in time by answer, the weekend, and the bands."""
    rows = read_rows(connection, ANSWERS)
    commitments = [(name, list(group)) for name, group in groupby(rows, itemgetter("commitment"))]
    return [_shown(name, group) for name, group in commitments if any(map(_is_late, group))]


def _is_late(row: Row) -> bool:
    return row["comparison"] == "agreed time" and row["difference_rate"] is not None


def _shown(commitment: str, rows: list[Row]) -> Row:
    by_band = {(row["comparison"], row["activity_class"], row["band"]): row for row in rows}
    lines = [
        {"name": gettext(LATE[answer]), "slow": row, "fast": by_band["agreed time", answer, "in time"]}
        for answer in CLASSES
        if (row := by_band.get(("agreed time", answer, "late"))) and row["difference_rate"] is not None
    ]
    weekend = by_band.get(("arrival", "attempt", "weekend"))
    if weekend and weekend["difference_rate"] is not None:
        weekday = by_band["arrival", "attempt", "weekday"]
        lines.append({"name": gettext("came at the weekend"), "slow": weekend, "fast": weekday})
    bands = [(band, [by_band.get(("response time", answer, band)) for answer in CLASSES]) for band in BANDS]
    return {
        "commitment": commitment,
        "lines": lines,
        "bands": [(gettext(band), cells) for band, cells in bands if any(cell and cell["leads"] for cell in cells)],
        "within_days": rows[0]["within_days"],
        "censored": sum(
            row["censored"] for row in rows if row["comparison"] == "arrival" and row["activity_class"] == CLASSES[0]
        ),
    }
