"""What is outstanding for open leads, one row per commitment, the most urgent first.

Belongs here: which states a page shows, in which order, and how many rows. rpt_open_commitments decides what is
outstanding, and in which state.
"""

from collections.abc import Callable, Iterable

import duckdb

from orchestration.lib.formats import label, owner_page, words
from orchestration.lib.language import gettext, translated
from orchestration.lib.warehouse.rows import Row, read_rows

# What is overdue for longer is in the backlog, and not on Today; rpt_open_commitments draws the line.
OVERDUE_DAYS = 30
# A page with that many is smaller than 1 MB and opens in less than a second.
ROWS_SHOWN = 750
# What can still be kept comes first, the next one due; then what was missed, the last one missed; then what
# the files do not show; then what has time.
STATES = ("due soon", "overdue", "not known yet", "safe")

COUNTS = "select state, count(*) as promises from reports.rpt_open_commitments group by state"

OF_STATE = """
    select * from reports.rpt_open_commitments where state = ? order by abs(hours_left), commitment_id limit ?
"""

HAS_CLOCKS = "select count(*) > 0 as has_clocks from marts.fct_commitments where kind <> 'lead_value'"


def read_open(connection: duckdb.DuckDBPyConnection, shown: int = ROWS_SHOWN) -> list[Row]:
    """The most urgent of the open commitments that are work of today."""
    rows: list[Row] = []
    for state in STATES:
        rows += read_rows(connection, OF_STATE, [state, shown - len(rows)])
    return rows


def count_open(connection: duckdb.DuckDBPyConnection) -> Row:
    """How many commitments are in each state; `table` are those of the table of Today, and `old` the others."""
    found = {row["state"]: row["promises"] for row in read_rows(connection, COUNTS)}
    states = (*STATES, "overdue for long", "backlog", "rework")
    counts = {state.replace(" ", "_"): found.get(state, 0) for state in states}
    counts["table"] = sum(found.get(state, 0) for state in STATES)
    counts["old"] = sum(found.values()) - counts["table"]
    return counts


def has_clocks(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether any clock or cadence has ever started."""
    (row,) = read_rows(connection, HAS_CLOCKS)
    return bool(row["has_clocks"])


def choices(rows: Iterable[Row], names: dict[str, str]) -> list[Row]:
    """The filters of a table of commitments: of each its field, and the values of the rows with their names."""
    rows = list(rows)
    states = {state: translated(label(state)) for state in STATES if any(row["state"] == state for row in rows)}
    return [
        {
            "field": "team",
            "name": gettext("Team"),
            "values": _values(rows, "team_label", lambda row: row["team_label"]),
        },
        {
            "field": "owner",
            "name": gettext("Owner"),
            # By the page: an id of an owner reads like that of a lead, whom `smarketing forget` looks for in pages.
            "values": _values(rows, "owner_id", lambda row: row["owner_name"], owner_page),
        },
        {
            "field": "what",
            "name": gettext("What"),
            "values": _values(rows, "commitment", lambda row: names[row["commitment"]]),
        },
        {
            "field": "type",
            "name": gettext("Lead type"),
            "values": _values(rows, "lead_type", lambda row: label(row["lead_type"])),
        },
        {"field": "state", "name": gettext("State"), "values": list(states.items())},
    ]


def _values(
    rows: list[Row], column: str, name: Callable[[Row], str], written: Callable[[str], str] = str
) -> list[tuple[str, str]]:
    """The values of a column, as written, by their names; of two with one name each has its value beside it."""
    named = {written(row[column]): name(row) for row in rows if row[column] is not None}
    names = list(named.values())
    shown = {value: f"{text} ({words(value)})" if names.count(text) > 1 else text for value, text in named.items()}
    return sorted(shown.items(), key=lambda item: (item[1].casefold(), item[0]))
