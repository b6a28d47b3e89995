"""A published copy of a large company: 50 owners, tens of thousands of open leads, 36 months, made of a built one.

Belongs here: making rows more. The pages read the published copy alone, so it is the copy that grows: each open lead
again and again with all its rows, under other ids and owners, and the months again one and two years earlier. A build
of as many leads would take an hour and give the pages nothing else to read. What is one figure of the whole company,
such as a total, stays that of the small one: sizes and seconds are true, sums of the pages are not.
"""

import math
import shutil
from pathlib import Path

import duckdb

OWNERS, MONTHS = 50, 36
# What a table of leads has in common: the columns that name a lead or what belongs to it.
OF_A_LEAD = ("person_id", "journey_id")
SAME_IDS = {"owner_id", "cover_owner_id", "account_id", "agreement_version_id"}
# The periods of a row; a table with one of them has rows of earlier years.
PERIODS = (
    "month_date",
    "week_date",
    "day_date",
    "quarter_date",
    "cohort_date",
    "period_date",
    "month_from",
    "closed_date",
)
# The places of the rows of an owner and of the owners, each place once, as rpt_open_clocks counts them.
OWNER_PLACE = "dense_rank() over (partition by urgency order by owner_place, owner_id nulls last)"
PLACE = "row_number() over (partition by urgency, owner_id order by abs(hours_left), commitment_id)"


def grow(copy: Path, to: Path, open_leads: int) -> dict[str, int]:
    """Write the grown copy; how many rows each table then has."""
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(copy, to)
    with duckdb.connect(to) as connection:
        query = "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('marts', 'reports')"
        tables = sorted(name for (name,) in connection.execute(query).fetchall())
        columns = {table: _columns(connection, table) for table in tables}
        connection.execute(
            "create temp table open_leads as select distinct person_id, journey_id from reports.rpt_open_clocks"
        )
        (leads,) = connection.execute("select count(distinct person_id) from open_leads").fetchone() or (0,)
        (owners,) = connection.execute("select count(*) from marts.dim_owner").fetchone() or (0,)
        (months,) = connection.execute(
            "select count(distinct date_trunc('month', day_date)) from marts.dim_date"
        ).fetchone() or (0,)
        persons, owner_sets = math.ceil(open_leads / leads), math.ceil(OWNERS / owners)
        years = math.ceil((MONTHS - months) / 12) if months < MONTHS else 0
        for table in tables:
            names = columns[table]
            if any(name in names for name in OF_A_LEAD):
                _more_leads(connection, table, names, persons, owner_sets)
            elif "owner_id" in names:
                _more_owners(connection, table, names, owner_sets)
            if any(name in names for name in PERIODS) and not any(name in names for name in OF_A_LEAD):
                _more_years(connection, table, names, years)
        connection.execute(
            f"create or replace table reports.rpt_open_clocks as select * "
            f"replace ({PLACE} as place, {OWNER_PLACE} as owner_place) from reports.rpt_open_clocks"
        )
        return {table: connection.execute(f"select count(*) from {table}").fetchall()[0][0] for table in tables}


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return {name: kind for name, kind, *_ in connection.execute(f"describe {table}").fetchall()}


def _more_leads(
    connection: duckdb.DuckDBPyConnection, table: str, names: dict[str, str], copies: int, owner_sets: int
) -> None:
    """Each row of an open lead again: its own ids end with the number of the copy, its owner's with that of a set."""
    key = next(name for name in OF_A_LEAD if name in names)
    replaced = [
        f"{name} || '~' || copy as {name}"
        for name, kind in names.items()
        if kind == "VARCHAR" and name.endswith("_id") and name not in SAME_IDS
    ]
    replaced += _other_owner(names, f"copy % {owner_sets}")
    connection.execute(
        f"insert into {table} select * exclude (copy) replace ({', '.join(replaced)}) from {table} "
        f"cross join (select unnest(range(1, {copies})) as copy) where {key} in (select {key} from open_leads)"
    )


def _more_owners(connection: duckdb.DuckDBPyConnection, table: str, names: dict[str, str], owner_sets: int) -> None:
    replaced = ", ".join(_other_owner(names, "copy"))
    connection.execute(
        f"insert into {table} select * exclude (copy) replace ({replaced}) from {table} "
        f"cross join (select unnest(range(1, {owner_sets})) as copy) where owner_id is not null"
    )


def _other_owner(names: dict[str, str], which: str) -> list[str]:
    parts = {"owner_id": "~", "owner_name": " "}
    return [
        f"case when {which} = 0 then {name} else {name} || '{mark}' || ({which}) end as {name}"
        for name, mark in parts.items()
        if name in names
    ]


def _more_years(connection: duckdb.DuckDBPyConnection, table: str, names: dict[str, str], years: int) -> None:
    dates = [name for name, kind in names.items() if kind in ("DATE", "TIMESTAMP")]
    replaced = ", ".join(f"cast({name} - to_years(cast(copy as integer)) as {names[name]}) as {name}" for name in dates)
    first = next(name for name in PERIODS if name in names)
    # Of a year alone, or the years would overlap; and of no period that is there, as of a table of 13 months.
    connection.execute(
        f"insert into {table} select * exclude (copy) replace ({replaced}) from {table} "
        f"cross join (select unnest(range(1, {years + 1})) as copy) "
        f"where {first} > (select max({first}) - interval 1 year from {table}) "
        f"and {first} - to_years(cast(copy as integer)) < (select min({first}) from {table})"
    )
