"""Closed months: the settled figures of their commitments, kept in the store of the home.

Belongs here: the two tables, adding to them, and copying them into the warehouse, where models read them. Callers have
the store attached as `store` (lib/store/). Which months an agreement closes is in
int_closed_months, which commitments have settled in fct_closed_commitments, what changed later in rpt_restatements.
Rows are only added, and only by this module.
"""

from datetime import date, datetime
from pathlib import Path

import duckdb

from orchestration.lib.periods import Period, PeriodError, parse_period
from orchestration.lib.warehouse.own_tables import BigInt, Row, column_types, create_table
from orchestration.mistakes import Mistake


class Settled(Row):
    """The columns of fct_commitments from which figures are computed."""

    commitment_id: str
    agreement_version: str
    team: str
    kind: str
    commitment: str
    started_date: date
    month_date: date
    owner_id: str | None
    revenue_stream: str | None
    lead_type: str | None
    clock_type: str | None
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    excused_at: datetime | None
    settles_at: datetime | None
    target: float | None
    actual: float | None
    target_rate: float | None
    attainment_rate: float | None
    status: str
    status_reason: str | None
    cases: BigInt | None
    excuse_reason: str | None
    is_own_exit: bool | None


class ClosedMonth(Row, table="closing__months"):
    """A month, and how it was closed with which figures: by a rule of the agreement or manually."""

    month_date: date
    closed_at: datetime
    closed_by: str


class ClosedCommitment(Settled, table="closing__commitments"):
    """A commitment of a closed month as it was when it settled."""

    kept_at: datetime


TABLES: tuple[type[Row], ...] = (ClosedMonth, ClosedCommitment)
AS_OF = "select as_of from published.marts.dim_build"


class ClosingError(Mistake):
    """The month cannot be closed; the text states why and what to do."""


def create_closings(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    """Create closing__months and closing__commitments in the schema or database if they are missing."""
    for table in TABLES:
        create_table(connection, table, schema=schema)


def show_closings(connection: duckdb.DuckDBPyConnection) -> None:
    """Replace raw.closing__months and raw.closing__commitments by what the store has."""
    for table in TABLES:
        create_table(connection, table, replace=True)
        names = ", ".join(column_types(table))
        connection.execute(f"insert into raw.{table.table} ({names}) select {names} from store.{table.table}")


def forget_closings(connection: duckdb.DuckDBPyConnection) -> None:
    """Empty both tables of a warehouse: in a private copy, in which everything is measured again."""
    for table in TABLES:
        create_table(connection, table, replace=True)


def keep_closed_months(connection: duckdb.DuckDBPyConnection) -> list[date]:
    """Store the months that the present build closes, and the commitments of closed months that have settled in it.

    Return the months that were not closed before.
    """
    months = connection.execute(
        """
        select month_date from marts.fct_closings
        where month_date not in (select month_date from store.closing__months)
        order by month_date
        """
    ).fetchall()
    closed = [month for (month,) in months]
    # A build for an as-of after the data's end is a projection without further data: its figures are not stored.
    settled = """
        select settling.* from marts.fct_closed_commitments as settling
        left join store.closing__commitments as kept
            on settling.month_date = kept.month_date and settling.commitment_id = kept.commitment_id
            and kept.kept_at is not null
        left join intermediate.int_closed_commitments as known
            on settling.month_date = known.month_date and settling.commitment_id = known.commitment_id
            and not known.is_premature
        where kept.commitment_id is null and known.commitment_id is null
            and (select as_of <= data_until from intermediate.int_as_of)
    """
    _keep(connection, f"select * from marts.fct_closings where month_date in {_dates(closed)}", settled)
    return closed


def close_month(connection: duckdb.DuckDBPyConnection, published: Path, name: str) -> tuple[int, int]:
    """Close a month manually with the figures of the published copy.

    Return the number of commitments that are stored now, and of those that will be stored when they fall due.
    ClosingError if it is not a valid month, not over, not in the data, or already closed.
    """
    period = _month(name)
    escaped = str(published).replace("'", "''")
    connection.execute(f"attach '{escaped}' as published (read_only)")
    try:
        _check(connection, period)
        month = f"select date '{period.starts}' as month_date, as_of as closed_at, 'hand' as closed_by"
        commitments = f"published.marts.fct_commitments where month_date = date '{period.starts}'"
        is_due = f"status not in ('early', 'open') and coalesce(open_cases, 0) = 0 and due_at < ({AS_OF})"
        decided = f"select *, ({AS_OF}) as kept_at from {commitments} and {is_due}"
        _keep(connection, f"{month} from published.marts.dim_build", decided)
        return connection.execute(
            f"select count(*) filter (where {is_due}), count(*) filter (where not ({is_due})) from {commitments}"
        ).fetchall()[0]
    finally:
        connection.execute("detach published")


def _month(name: str) -> Period:
    try:
        period = parse_period(name)
    except PeriodError:
        period = None
    if period is None or period.kind != "month":
        raise ClosingError(f"'{name}' is not a month; write 2026-03")
    return period


def _check(connection: duckdb.DuckDBPyConnection, period: Period) -> None:
    found = connection.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'published'"
    ).fetchall()
    needed = [("dim_build", "data_from_date")]
    needed += [("fct_commitments", column) for column in (*column_types(Settled), "open_cases")]
    if missing := [f"{table}.{column}" for table, column in needed if (table, column) not in found]:
        raise ClosingError(
            f"the published copy has no {missing[0]}: an earlier version of this project made it; run "
            "`smarketing run` first"
        )
    [(data_from, as_of)] = connection.execute(
        "select data_from_date, as_of_date from published.marts.dim_build"
    ).fetchall()
    if period.ends <= data_from:
        raise ClosingError(f"there are no data of {period.name}; they go from {data_from} to {as_of}")
    if period.ends > as_of:
        raise ClosingError(
            f"{period.name} is not over: the published copy is computed for {as_of}; close it after a run for "
            f"{period.ends} or later"
        )
    closed = connection.execute(
        "select closed_at, closed_by from store.closing__months where month_date = ?", [period.starts]
    ).fetchall()
    if closed:
        at, by = closed[0]
        raise ClosingError(
            f"{period.name} is already closed (by {by}, with the figures as of {at} UTC) and stays closed; "
            "later changes are in rpt_restatements"
        )


def _dates(months: list[date]) -> str:
    listed = ", ".join(f"date '{month}'" for month in months)
    return f"({listed or 'null'})"


def _keep(connection: duckdb.DuckDBPyConnection, months: str, commitments: str) -> None:
    """Add the rows of both queries."""
    connection.execute("begin transaction")
    for table, rows in zip(TABLES, (months, commitments), strict=True):
        names = ", ".join(column_types(table))
        connection.execute(f"insert into store.{table.table} ({names}) select {names} from ({rows})")
    connection.execute("commit")
