"""When leads come in during the week, and whether they are answered in time then: sections of the page of the funnel.

Belongs here: the rows of a month as a page shows them, a line per day of the week; and of a year the hours of the
days. What is counted, and the local hour, are SQL (rpt_arrival_times).
"""

from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.agreement.calendars import WEEKDAYS
from orchestration.lib.language import gettext, translated
from orchestration.lib.warehouse.rows import Row, read_rows

# The first hours of the parts of a day.
PARTS = (0, 6, 12, 18)

ARRIVALS = """
    select
        team, commitment, scope, is_weekend, iso_weekday, from_hour, leads, due, kept, early, open, not_evaluated,
        attainment, median_minutes
    from reports.rpt_arrival_times
    where month_date = ? and scope <> 'hour'
    order by team desc, commitment, iso_weekday, is_weekend, from_hour
"""


# Of a month an hour has next to nothing.
HOURS = """select team, commitment, iso_weekday, from_hour, max(month_date) as last_month_date, sum(leads) as leads,
        sum(kept) as kept, sum(due) as due
    from reports.rpt_arrival_times where scope = 'hour' and month_date > ? group by all"""
# An hour of fewer due has no share.
FEWEST = 5
# From here on a share has a darker field.
SHADES = (0.5, 0.7, 0.8, 0.9)


def read_hours(connection: duckdb.DuckDBPyConnection, month: date) -> list[Row]:
    """The hours of the week in the twelve months until this one, of each commitment that still runs; most leads first.

    A line per hour of the day, from the first until the last that has leads, with a cell per weekday.
    """
    rows = read_rows(connection, HOURS, [month.replace(year=month.year - 1)])
    rows.sort(key=itemgetter("team", "commitment"))
    last = max((row["last_month_date"] for row in rows), default=None)
    maps = []
    for (team, commitment), group in groupby(rows, key=itemgetter("team", "commitment")):
        cells = {(row["iso_weekday"], row["from_hour"]): row | _share(row) for row in group}
        if last not in {cell["last_month_date"] for cell in cells.values()}:
            continue
        known = [hour for _, hour in cells if hour is not None]
        hours: list[int | None] = list(range(min(known), max(known) + 1)) if known else []
        # Of some only the day is known.
        hours += [None] if any(hour is None for _, hour in cells) else []
        lines = [{"hour": hour, "days": [cells.get((day, hour)) for day in range(1, 8)]} for hour in hours]
        sums = {name: sum(int(cell[name]) for cell in cells.values()) for name in ("leads", "kept", "due")}
        maps.append({"team": team, "commitment": commitment, "lines": lines} | sums)
    return sorted(maps, key=lambda each: (-each["leads"], each["commitment"]))


def _share(row: Row) -> Row:
    if row["due"] < FEWEST:
        return {"share": None, "shade": None}
    share = row["kept"] / row["due"]
    return {"share": share, "shade": sum(share >= shade for shade in SHADES)}


def read_arrival_times(connection: duckdb.DuckDBPyConnection, month: date) -> list[Row]:
    """Each commitment with both parts of the week, then its days; a day has the four parts of it, by first hour."""
    rows = read_rows(connection, ARRIVALS, [month])
    groups = groupby(rows, key=itemgetter("team", "commitment"))
    return [
        {"team": team, "commitment": commitment, "lines": _lines(list(parts))} for (team, commitment), parts in groups
    ]


def _lines(rows: list[Row]) -> list[Row]:
    by_day = {(row["iso_weekday"], row["from_hour"]): row for row in rows if row["scope"] == "six_hours"}
    parts = [
        row
        | {"name": gettext("Saturday and Sunday") if row["is_weekend"] else gettext("Monday to Friday"), "hours": None}
        for row in rows
        if row["scope"] == "week_part"
    ]
    days = [
        row
        | {"name": translated(WEEKDAYS[row["iso_weekday"] - 1].capitalize())}
        | {"hours": [by_day.get((row["iso_weekday"], hour)) for hour in PARTS]}
        for row in rows
        if row["scope"] == "weekday"
    ]
    return [*sorted(parts, key=itemgetter("is_weekend")), *days]
