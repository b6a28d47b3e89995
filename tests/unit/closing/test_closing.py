"""Closing a month: what is kept, that nothing changes it, and what cannot be closed."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.closing.months import (
    ClosingError,
    close_month,
    create_closings,
    forget_closings,
    keep_closed_months,
    show_closings,
)
from tests.tables import create, fill

KEPT = "select commitment_id, month_date, status from store.closing__commitments order by all"
AS_OF = "2026-04-06 10:00"
COMMITMENTS = [
    {"commitment_id": "a", "month_date": "2026-02-01", "due_at": "2026-02-10", "status": "kept"},
    {"commitment_id": "b", "month_date": "2026-03-01", "due_at": "2026-04-20", "status": "open"},
    {"commitment_id": "c", "month_date": "2026-03-01", "due_at": "2026-03-20", "status": "missed"},
    {"commitment_id": "d", "month_date": "2026-04-01", "due_at": "2026-05-01", "status": "open"},
    {"commitment_id": "e", "month_date": "2026-03-01", "due_at": "2026-04-21", "status": "excused"},
]


def build(connection: duckdb.DuckDBPyConnection) -> None:
    create(connection, "marts.dim_build", "marts.fct_commitments")
    dim_build = {"data_from_date": "2026-01-01", "as_of": AS_OF, "as_of_date": "2026-04-06"}
    fill(connection, "marts.dim_build", [dim_build])
    fill(connection, "marts.fct_commitments", COMMITMENTS)
    create(connection, "intermediate.int_as_of", types="as_of timestamp, data_until timestamp")
    fill(connection, "intermediate.int_as_of", [{"as_of": AS_OF, "data_until": AS_OF}])
    known = "month_date date, commitment_id varchar, is_premature boolean"
    create(connection, "intermediate.int_closed_commitments", types=known)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "Anna's copy.duckdb"
    with duckdb.connect(path) as connection:
        build(connection)
    return path


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        build(connection)
        create(connection, "marts.fct_closings", "marts.fct_closed_commitments")
        closings = [{"month_date": f"2026-0{month}-01", "closed_at": AS_OF, "closed_by": "rule"} for month in (2, 1)]
        fill(connection, "marts.fct_closings", closings)
        settled = [row | {"kept_at": AS_OF} for row in COMMITMENTS[:1]]
        fill(connection, "marts.fct_closed_commitments", settled)
        connection.execute("create schema store; create schema raw")
        create_closings(connection, "store")
        yield connection


def test_a_month_is_kept_once_and_its_commitments_as_they_settle(warehouse: duckdb.DuckDBPyConnection) -> None:
    """A month without a commitment is closed as well: what comes into it later came late."""
    assert keep_closed_months(warehouse) == [date(2026, 1, 1), date(2026, 2, 1)]
    warehouse.execute("update marts.fct_closed_commitments set status = 'missed'")
    warehouse.execute(
        """
        insert into marts.fct_closed_commitments (commitment_id, month_date, status, kept_at)
        values ('later', date '2026-02-01', 'missed', timestamp '2026-04-20 10:00')
        """
    )
    create_closings(warehouse, "store")
    assert keep_closed_months(warehouse) == []
    assert warehouse.execute(KEPT).fetchall() == [
        ("a", date(2026, 2, 1), "kept"),
        ("later", date(2026, 2, 1), "missed"),
    ]


def test_a_build_for_a_later_day_than_the_data_keeps_nothing(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("update intermediate.int_as_of set as_of = timestamp '2026-05-01'")
    warehouse.execute("delete from marts.fct_closings")
    assert keep_closed_months(warehouse) == []
    assert warehouse.execute(KEPT).fetchall() == []


def test_a_ledger_of_an_earlier_version_gets_the_new_columns() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema store")
        connection.execute("create table store.closing__commitments (commitment_id varchar, status varchar)")
        connection.execute("insert into store.closing__commitments values ('old', 'met')")
        create_closings(connection, "store")
        rows = connection.execute("select commitment_id, status, kept_at from store.closing__commitments").fetchall()
        assert rows == [("old", "met", None)]


def test_a_month_is_closed_manually_with_what_is_due_of_the_published_figures(
    warehouse: duckdb.DuckDBPyConnection, published: Path
) -> None:
    warehouse.execute("update marts.fct_commitments set status = 'kept'")
    # What is excused, and what is open, has time until it falls due.
    assert close_month(warehouse, published, "2026-03") == (1, 2)
    assert warehouse.execute(KEPT).fetchall() == [("c", date(2026, 3, 1), "missed")]
    assert warehouse.execute("select kept_at from store.closing__commitments").fetchall() == [
        (datetime(2026, 4, 6, 10),)
    ]
    assert warehouse.execute("from store.closing__months").fetchall() == [
        (date(2026, 3, 1), datetime(2026, 4, 6, 10), "hand")
    ]
    with pytest.raises(ClosingError, match=r"2026-03 is already closed \(by hand.* later changes are in rpt_restat"):
        close_month(warehouse, published, "2026-03")


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("march", "'march' is not a month; write 2026-03"),
        ("2026-Q1", "'2026-Q1' is not a month; write 2026-03"),
        (
            "2026-04",
            "2026-04 is not over: the published copy is computed for 2026-04-06; close it after a run for 2026-05",
        ),
        ("2025-12", "there are no data of 2025-12; they go from 2026-01-01 to 2026-04-06"),
    ],
)
def test_what_cannot_be_closed(
    warehouse: duckdb.DuckDBPyConnection, published: Path, month: str, expected: str
) -> None:
    with pytest.raises(ClosingError, match=expected):
        close_month(warehouse, published, month)
    assert warehouse.execute("from store.closing__months").fetchall() == []


def test_a_copy_of_an_earlier_version_is_not_closed(warehouse: duckdb.DuckDBPyConnection, published: Path) -> None:
    with duckdb.connect(published) as connection:
        connection.execute("alter table marts.fct_commitments drop column started_date")
    with pytest.raises(ClosingError, match=r"has no fct_commitments\.started_date.* run `smarketing run` first"):
        close_month(warehouse, published, "2026-03")


def test_a_private_copy_forgets(warehouse: duckdb.DuckDBPyConnection) -> None:
    """It has the months of the store, and then none; the store has them all the time."""
    keep_closed_months(warehouse)
    show_closings(warehouse)
    shown = "select count(*) from raw.closing__months"
    assert warehouse.execute(shown).fetchall() == [(2,)]
    forget_closings(warehouse)
    assert warehouse.execute(shown).fetchall() == [(0,)]
    assert len(warehouse.execute(KEPT).fetchall()) == 1
