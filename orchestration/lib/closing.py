"""Closed months: the figures that a month was closed with, kept in the warehouse file beside the raw tables.

Belongs here: the two tables, adding a month to them, emptying them in a private copy. Which months an agreement closes
is int_closed_months; what came later is rpt_restatements. Rows are only ever added, and only by this module.
"""

from datetime import date
from pathlib import Path

import duckdb

from orchestration.lib.periods import Period, parse_period

# The columns of fct_commitments that figures are made of.
COMMITMENTS = {
    "commitment_id": "varchar",
    "agreement_version": "varchar",
    "team": "varchar",
    "kind": "varchar",
    "commitment": "varchar",
    "started_date": "date",
    "month_date": "date",
    "owner_id": "varchar",
    "revenue_stream": "varchar",
    "lead_type": "varchar",
    "clock_type": "varchar",
    "started_at": "timestamp",
    "due_at": "timestamp",
    "stopped_at": "timestamp",
    "target": "double",
    "actual": "double",
    "target_rate": "double",
    "attainment_rate": "double",
    "status": "varchar",
    "status_reason": "varchar",
}
MONTHS = {"month_date": "date", "closed_at": "timestamp", "closed_by": "varchar"}
TABLES = {"closing__months": MONTHS, "closing__commitments": COMMITMENTS}
NAMES = ", ".join(COMMITMENTS)


class ClosingError(Exception):
    """The month cannot be closed; the text says why and what to do."""


def create_closings(connection: duckdb.DuckDBPyConnection) -> None:
    """Make raw.closing__months and raw.closing__commitments where they are missing."""
    connection.execute("create schema if not exists raw")
    for table, columns in TABLES.items():
        declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        connection.execute(f"create table if not exists raw.{table} ({declared})")


def forget_closings(connection: duckdb.DuckDBPyConnection) -> None:
    """Empty both tables: for a private copy in which everything is measured anew, never for a warehouse."""
    create_closings(connection)
    for table in TABLES:
        connection.execute(f"delete from raw.{table}")


def keep_closed_months(connection: duckdb.DuckDBPyConnection) -> list[date]:
    """Keep the figures of every month that the present build closes and that is not kept yet; returns the months."""
    months = connection.execute(
        """
        select month_date from marts.fct_closings
        where month_date not in (select month_date from raw.closing__months)
        order by month_date
        """
    ).fetchall()
    closed = [month for (month,) in months]
    _keep(connection, "select * from marts.fct_closings", "marts.fct_closed_commitments", closed)
    return closed


def close_month(connection: duckdb.DuckDBPyConnection, published: Path, name: str) -> tuple[int, int]:
    """Close a month by hand with the figures of the published copy; returns its commitments, and how many are pending.

    ClosingError if it is no month, not over, not in the data, or closed already.
    """
    period = _month(name)
    create_closings(connection)
    escaped = str(published).replace("'", "''")
    connection.execute(f"attach '{escaped}' as published (read_only)")
    try:
        _check(connection, period)
        month = f"select date '{period.starts}' as month_date, as_of as closed_at, 'hand' as closed_by"
        build = f"{month} from published.marts.dim_build"
        _keep(connection, build, "published.marts.fct_commitments", [period.starts])
        return connection.execute(
            "select count(*), count(*) filter (where status = 'pending') from raw.closing__commitments "
            "where month_date = ?",
            [period.starts],
        ).fetchall()[0]
    finally:
        connection.execute("detach published")


def _month(name: str) -> Period:
    try:
        period = parse_period(name)
    except ValueError:
        period = None
    if period is None or period.kind != "month":
        raise ClosingError(f"'{name}' is no month: write 2026-03")
    return period


def _check(connection: duckdb.DuckDBPyConnection, period: Period) -> None:
    data_from, as_of = connection.execute(
        """
        select cast(timezone(time_zone, timezone('UTC', data_from)) as date), as_of_date
        from published.marts.dim_build
        """
    ).fetchall()[0]
    columns = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'published' and table_name = 'fct_commitments'"
    ).fetchall()
    if missing := [column for column in COMMITMENTS if (column,) not in columns]:
        raise ClosingError(
            f"what is published has no fct_commitments.{missing[0]}: an earlier version of this project made it; run "
            "`smarketing run` first"
        )
    if period.ends <= data_from:
        raise ClosingError(f"there are no data of {period.name}; they go from {data_from} to {as_of}")
    if period.ends > as_of:
        raise ClosingError(
            f"{period.name} is not over: what is published is computed for {as_of}; close it after a run for "
            f"{period.ends} or later"
        )
    closed = connection.execute(
        "select closed_at, closed_by from raw.closing__months where month_date = ?", [period.starts]
    ).fetchall()
    if closed:
        at, by = closed[0]
        raise ClosingError(
            f"{period.name} is closed already (by {by}, with the figures as of {at} UTC) and stays so; what came later "
            "is in rpt_restatements"
        )


def _keep(connection: duckdb.DuckDBPyConnection, months: str, commitments: str, closed: list[date]) -> None:
    """Add these months, as a query and a table have them."""
    connection.execute("begin transaction")
    connection.execute(
        f"insert into raw.closing__months select {', '.join(MONTHS)} from ({months}) where month_date in ?", [closed]
    )
    connection.execute(
        f"insert into raw.closing__commitments select {NAMES} from {commitments} where month_date in ?", [closed]
    )
    connection.execute("commit")
