"""Closed months between warehouses: written whole, taken over once, nothing kept is lost or doubled."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.closing.carried import take_over_closings, write_closings
from orchestration.lib.closing.months import ClosingError, create_closings

LEDGER = "select month_date, commitment_id, status, kept_at from store.closing__commitments order by all"
MONTHS = "select strftime(month_date, '%Y-%m'), closed_by from store.closing__months order by all"


def close(connection: duckdb.DuckDBPyConnection, month: str, *commitments: str) -> None:
    connection.execute("create schema if not exists store")
    create_closings(connection, "store")
    connection.execute(
        "insert into store.closing__months values (?::date, ?::timestamp, 'rule')", [f"{month}-01", f"{month}-28"]
    )
    for name in commitments:
        connection.execute(
            "insert into store.closing__commitments (commitment_id, month_date, status, kept_at) "
            "values (?, ?::date, 'kept', ?::timestamp)",
            [name, f"{month}-01", f"{month}-28 10:00"],
        )


@pytest.fixture
def old() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        close(connection, "2026-01", "a", "b")
        close(connection, "2026-02", "c")
        yield connection


@pytest.fixture
def new() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema store")
        create_closings(connection, "store")
        yield connection


@pytest.fixture
def company(tmp_path: Path) -> Path:
    folder = tmp_path / "Anna's company"
    folder.mkdir()
    return folder


Connection = duckdb.DuckDBPyConnection


def test_a_new_warehouse_takes_over_what_was_kept_once(old: Connection, new: Connection, company: Path) -> None:
    assert write_closings(old, company) == (company / "closings", 2)
    assert [take_over_closings(new, company), take_over_closings(new, company)] == [2, 0]
    for query in (LEDGER, MONTHS):
        assert new.execute(query).fetchall() == old.execute(query).fetchall()


def test_a_month_that_the_warehouse_has_stays_as_it_is(old: Connection, new: Connection, company: Path) -> None:
    write_closings(old, company)
    close(new, "2026-02", "other")
    assert take_over_closings(new, company) == 1
    assert [name for _, name, *_ in new.execute(LEDGER).fetchall()] == ["a", "b", "other"]


def test_a_company_without_such_files_starts_with_nothing(new: Connection, company: Path) -> None:
    assert take_over_closings(new, company) == 0
    assert new.execute(MONTHS).fetchall() == []
    with pytest.raises(ClosingError, match="no month is closed yet"):
        write_closings(new, company)


def test_months_that_only_the_files_have_are_not_written_over(old: Connection, new: Connection, company: Path) -> None:
    write_closings(old, company)
    close(new, "2026-03", "d")
    with pytest.raises(ClosingError, match=r"has not closed \(2026-01-01, 2026-02-01\); run `smarketing run` first"):
        write_closings(new, company)
    take_over_closings(new, company)
    assert write_closings(new, company)[1] == 3


@pytest.mark.parametrize(("text", "expected"), [("no parquet", "cannot be read"), (None, "cannot be read")])
def test_a_file_that_is_not_parquet_is_named(
    old: Connection, new: Connection, company: Path, text: str | None, expected: str
) -> None:
    write_closings(old, company)
    path = company / "closings" / "commitments.parquet"
    path.unlink()
    if text:
        path.write_text(text)
    with pytest.raises(ClosingError, match=rf"commitments\.parquet {expected}"):
        take_over_closings(new, company)


def test_a_file_of_another_version_is_named_with_its_column(old: Connection, new: Connection, company: Path) -> None:
    write_closings(old, company)
    path = str(company / "closings" / "months.parquet").replace("'", "''")
    old.execute(f"copy (select month_date, closed_by from store.closing__months) to '{path}'")
    with pytest.raises(ClosingError, match=r"months\.parquet has no column closed_at"):
        take_over_closings(new, company)
    assert new.execute(MONTHS).fetchall() == []
