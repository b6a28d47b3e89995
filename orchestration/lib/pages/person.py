"""The pages of people: who has how much to do, and of each owner the own list, months, time and examples.

Belongs here: what the page of one owner shows. All owners are read together, one query a table, and parted here.
Nobody is ranked: a share has what it is of, and is withheld where too many commitments name no owner.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import duckdb

from orchestration.lib.formats import owner_page
from orchestration.lib.pages.commitments import MONTHS_SHOWN, months_before, previous_month
from orchestration.lib.pages.people import EXAMPLES, KEPT, read_measured
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.pages.responses import read_responses
from orchestration.lib.pages.workload import read_load
from orchestration.lib.warehouse.rows import Row, read_rows

LIST_SHOWN = 2000
RECENT_MONTHS_SHOWN = 6
EXAMPLE_MONTHS_SHOWN = 3

# What can still be kept comes first, then what was missed last.
GROUPS = ("due soon", "overdue", "not known yet", "due later", "for marketing to rework", "backlog")
# The group of each state of rpt_open_commitments that is not called as the state.
GROUP_OF = {"safe": "due later", "overdue for long": "overdue", "rework": "for marketing to rework"}

OWNERS = "select * from marts.dim_owner order by owner_name, owner_id"
OPEN = "select * from reports.rpt_open_commitments where owner_id is not null order by abs(hours_left), commitment_id"
LOAD = "select * from reports.rpt_workload where owner_id is not null order by revenue_stream"
TIMES = "select * from reports.rpt_clock_time where scope = 'owner' order by month_date desc, team desc, commitment"
UNKNOWN = "select * from reports.rpt_unknown_owners order by owner_name, owner_id"
# Who is named on another page, with or without anything to keep.
NAMED = "select owner_id from marts.dim_person union select owner_id from reports.rpt_daily_changes"


def render_people(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Place and HTML of the page of each owner, and of the list of them.

    ValueError if the warehouse was never built.
    """
    header = read_header(connection)
    owners = read_owners(connection, header["month_date"])
    pages = {
        (path := f"people/{owner_page(owner['owner_id'])}"): render("person.html.j2", path, header=header, **owner)
        for owner in owners
    }
    load = read_load(connection, header["month_date"])
    in_load = {row["owner_id"] for row in load["rows"]}
    pages["people/index.html"] = render(
        "people.html.j2",
        "people/index.html",
        header=header,
        load=load,
        this_month=header["month_date"],
        last_month=previous_month(header["month_date"]),
        others=[owner for owner in owners if owner["owner_id"] not in in_load],
        unknown=read_rows(connection, UNKNOWN),
        pages={owner["owner_id"] for owner in owners},
    )
    return pages


def read_owners(connection: duckdb.DuckDBPyConnection, as_of_month: date) -> list[Row]:
    """One row per owner with anything, by name: what is outstanding, and the last months of everything else."""
    first, recent = (months_before(as_of_month, shown - 1) for shown in (MONTHS_SHOWN, RECENT_MONTHS_SHOWN))
    known = {row["owner_id"]: row for row in read_rows(connection, OWNERS)}
    outstanding, load, kept, times, measured, examples = (
        _by_owner(rows)
        for rows in (
            *(read_rows(connection, query) for query in (OPEN, LOAD, KEPT, TIMES)),
            read_measured(connection),
            read_rows(connection, EXAMPLES),
        )
    )
    answers: defaultdict[str, list[Row]] = defaultdict(list)
    for month, owners in sorted(read_responses(connection).items(), reverse=True):
        for name, promises in owners.items():
            answers[name or ""] += [row | {"month_date": month} for row in promises]
    named = {row["owner_id"] for row in read_rows(connection, NAMED)}
    with_briefing = {row["person_id"] for rows in outstanding.values() for row in rows}
    everybody = {*outstanding, *load, *kept, *times, *measured, *examples, *named}
    found = []
    for owner in everybody - {None}:
        names = [known.get(owner), *(rows[0] for table in (outstanding, kept, load) if (rows := table.get(owner)))]
        found.append(
            {
                "owner_id": owner,
                "name": next((row["owner_name"] for row in names if row and row["owner_name"]), owner),
                "facts": known.get(owner),
                "cover": known.get(known[owner]["cover_owner_id"]) if owner in known else None,
                "load": load[owner],
                "open": len(outstanding[owner]),
                "groups": _groups(outstanding[owner]),
                "shown": LIST_SHOWN,
                "months": [
                    row | {"status": _status(row, as_of_month), "has_ended": row["month_date"] < as_of_month}
                    for row in _since(kept[owner], first)
                ],
                "times": _since(times[owner], recent),
                "answers": _since(answers[owner], recent),
                "measured": _since(measured[owner], first),
                "examples": _examples(examples[owner]),
                "with_briefing": with_briefing,
            }
        )
    return sorted(found, key=lambda each: (each["name"], each["owner_id"]))


def _groups(rows: list[Row]) -> list[Row]:
    """The list in groups, most urgent first, each with how many there are and those that the page shows."""
    groups, left = [], LIST_SHOWN
    for name in GROUPS:
        mine = [row for row in rows if GROUP_OF.get(row["state"], row["state"]) == name]
        # What is to come begins with the next, what was missed with the last: both are nearest to now.
        groups.append({"name": name, "promises": len(mine), "rows": mine[:left]})
        left -= min(left, len(mine))
    return [group for group in groups if group["promises"]]


def _status(row: Row, as_of_month: date) -> str:
    """Whether the month's share is decided, as for a team: once it is over, and nothing open can turn it."""
    low, high = (row["attainment"],) * 2 if row["is_final"] else (row["attainment_low"], row["attainment_high"])
    if row["month_date"] >= as_of_month:
        return "running"
    if low is None or high is None:
        return "not evaluated" if row["is_final"] else "running"
    return "met" if low >= row["target"] else "missed" if high < row["target"] else "running"


def _examples(rows: list[Row]) -> list[Row]:
    """Both kinds of the last months that have any."""
    months = sorted({row["month_date"] for row in rows}, reverse=True)[:EXAMPLE_MONTHS_SHOWN]
    return [
        {
            "month_date": month,
            **{
                kind: [row for row in rows if row["month_date"] == month and row["example"] == kind]
                for kind in ("good", "missed")
            },
        }
        for month in months
    ]


def _since(rows: Iterable[Row], first: date) -> list[Row]:
    """Those of the last months, the latest first, in their order within a month."""
    return sorted((row for row in rows if row["month_date"] >= first), key=lambda row: row["month_date"], reverse=True)


def _by_owner(rows: Iterable[Row]) -> defaultdict[str | None, list[Row]]:
    found: defaultdict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["owner_id"]].append(row)
    return found
