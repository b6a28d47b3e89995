"""A machine whose clock is behind the records, or a build that has read nothing, publishes nothing."""

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.warehouse.publishing import NOTHING_READ, reason_against


@pytest.mark.parametrize(
    ("sources", "published", "as_of", "reason"),
    [
        ("('2026-05-01')", "2026-05-01", "", ""),
        ("('2026-05-01'), (null)", "2026-05-01", "", ""),
        ("(null)", "2026-05-01", "", "No record has a date before 20"),
        ("(null)", "2026-05-01", "2026-05-01 10:00:00", ""),
        (
            "('2026-05-01')",
            "2199-05-01",
            "",
            "The published copy is as of 2199-05-01 00:00 UTC, and this machine's clock",
        ),
        ("('2026-05-01')", "2199-05-01", "2026-05-01 10:00:00", ""),
        ("", "2026-05-01", "", NOTHING_READ),
    ],
)
def test_a_clock_that_is_behind_publishes_nothing(
    tmp_path: Path, sources: str, published: str, as_of: str, reason: str
) -> None:
    warehouse, copy = tmp_path / "warehouse.duckdb", tmp_path / "smarketing.duckdb"
    with duckdb.connect(warehouse) as connection:
        connection.execute("create schema marts; create table marts.fct_source_freshness (last_at timestamp)")
        if sources:
            connection.execute(f"insert into marts.fct_source_freshness values {sources}")
    assert reason_against(warehouse, copy, as_of).startswith(reason if "copy" not in reason else "")
    with duckdb.connect(copy) as connection:
        connection.execute(
            f"create schema marts; create table marts.dim_build as select timestamp '{published}' as as_of"
        )
    found = reason_against(warehouse, copy, as_of)
    assert found.startswith(reason)
    assert bool(found) == bool(reason)


def test_a_damaged_copy_is_replaced_whatever_the_clock_says(tmp_path: Path) -> None:
    warehouse, copy = tmp_path / "warehouse.duckdb", tmp_path / "smarketing.duckdb"
    copy.write_bytes(b"no database")
    with duckdb.connect(warehouse) as connection:
        connection.execute(
            "create schema marts; create table marts.fct_source_freshness as select now()::timestamp last_at"
        )
    assert reason_against(warehouse, copy, "") == ""
