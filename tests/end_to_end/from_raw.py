"""The exports of the demo company as SQL of its own reads them, for figures that are computed a second time.

Nothing of the project's models is used for it; raw_figures/ contains the queries: foundation.sql
resolves identities and activities, kpi_facts/ what key figures are made of, kpis/ has the figures of a quarter.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pytest

QUERIES = Path(__file__).parent / "raw_figures"
# June is under the first version of the agreement, August and September are under the second.
JUNE, AUGUST, SEPTEMBER = (date(2026, month, 1) for month in (6, 8, 9))


@contextmanager
def opened(home: Path, copy: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse with the raw tables, the views of the foundation, and the published copy beside it."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{home / 'warehouse.duckdb'}' as warehouse (read_only)")
        connection.execute(f"attach '{copy}' as published (read_only)")
        connection.execute("use warehouse")
        connection.execute("set variable as_of = (select as_of from published.marts.dim_build)")
        connection.execute((QUERIES / "foundation.sql").read_text())
        connection.execute("create temp table quarter (first_day date, next_day date)")
        for facts in sorted((QUERIES / "kpi_facts").glob("*.sql")):
            connection.execute(facts.read_text())
        for query in sorted(QUERIES.glob("*.sql")):
            if query.stem != "foundation":
                connection.execute(f"create temp table raw_{query.stem} as {query.read_text()}")
        yield connection


def add_key_figures(connection: duckdb.DuckDBPyConnection, quarters: Iterable[date]) -> None:
    """`raw_kpis`: of each quarter every key figure, with its value where that is not numerator / denominator."""
    connection.execute(
        "create temp table raw_kpis (quarter date, kpi text, numerator double, denominator double, value double)"
    )
    for first_day in quarters:
        connection.execute("delete from quarter")
        connection.execute(f"insert into quarter values ('{first_day}', date '{first_day}' + interval 3 month)")
        for query in sorted((QUERIES / "kpis").glob("*.sql")):
            connection.execute(f"insert into raw_kpis select date '{first_day}', * from ({query.read_text()})")


def same(connection: duckdb.DuckDBPyConnection, of_raw: str, of_marts: str, *, within: float = 0.005) -> list[tuple]:
    """The rows of both queries, which are the same."""
    found = connection.execute(of_raw).fetchall()
    published = connection.execute(of_marts).fetchall()
    assert found
    assert [pytest.approx(row, abs=within) for row in found] == published
    return found


def counts(column: str, *names: str) -> str:
    """The number of rows with each of these statuses."""
    return ", ".join(f"count(*) filter ({column} = '{name}')" for name in names)
