"""Exports with far fewer rows than the one before: named with both counts, until whole again or accepted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.lib.ingestion import LoadReport, ingest_table, servers
from orchestration.lib.ingestion.formats import FormatHints
from tests.unit.ingestion.test_order_of_files import TABLE, Crm


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path / "crm")


def deals(count: int, first: int = 0) -> str:
    return "id,stage\n" + "".join(f"{number},open\n" for number in range(first, first + count))


def shrunk(crm: Crm) -> list[Any]:
    query = "select file, rows_loaded, fuller_file, fuller_rows from raw.ingestion__loads"
    return crm.connection.execute(f"{query} where fuller_rows > 0 and status = 'loaded' order by all").fetchall()


def accept(crm: Crm, until: date) -> LoadReport:
    return ingest_table(crm.connection, TABLE, crm.folder, FormatHints(smaller_until=until))


@pytest.mark.parametrize("count", [10, 0])
def test_a_file_that_comes_with_few_of_its_rows_is_named_until_it_is_whole_again(crm: Crm, count: int) -> None:
    crm.put("deals.csv", deals(200))
    report = crm.put("deals.csv", deals(count))
    assert shrunk(crm) == [("deals.csv", count, "deals.csv", 200)]
    assert report.problems() == [f"crm__deals: deals.csv has {count} rows, and deals.csv had 200"]
    # Another poor export is compared with the last full one.
    crm.put("deals.csv", deals(9, first=50))
    assert shrunk(crm) == [("deals.csv", 9, "deals.csv", 200)]
    crm.put("deals.csv", deals(190))
    assert shrunk(crm) == []


@pytest.mark.parametrize(("before", "now"), [(3, 1), (200, 100), (4, 1), (1, 2)])
def test_a_few_rows_less_are_usual(crm: Crm, before: int, now: int) -> None:
    crm.put("deals.csv", deals(before))
    crm.put("deals.csv", deals(now, first=500))
    assert shrunk(crm) == []


def test_rejected_rows_are_not_among_those_that_came(crm: Crm) -> None:
    crm.put("deals.csv", deals(20))
    crm.put("deals.csv", "id,stage\n" + "".join(f"{number},open\n" for number in range(5)) + ",open\n" * 15)
    assert shrunk(crm) == [("deals.csv", 5, "deals.csv", 20)]


def test_what_is_accepted_is_the_measure_of_the_next_export(crm: Crm) -> None:
    crm.put("deals.csv", deals(200))
    crm.put("deals.csv", deals(10))
    today = datetime.now(UTC).date()
    for day in (today - timedelta(days=1), today + timedelta(days=30)):  # too early; a day to come accepts nothing
        accept(crm, day)
        assert shrunk(crm) == [("deals.csv", 10, "deals.csv", 200)]
    accept(crm, today)
    assert shrunk(crm) == []
    crm.put("deals.csv", deals(8))
    assert shrunk(crm) == []
    crm.put("deals.csv", deals(1))
    assert shrunk(crm) == [("deals.csv", 1, "deals.csv", 8)]


def test_a_full_export_is_compared_with_the_one_before_and_a_part_is_not(crm: Crm) -> None:
    crm.put("deals 2026-01-05.csv", deals(200))
    crm.put("deals 2026-02-05.csv", deals(20, first=100))  # a part may follow a full one
    assert shrunk(crm) == []
    crm.put("deals 2026-02-05.csv", deals(201))
    crm.put("deals 2026-03-05.csv", deals(20, first=100))
    crm.put("deals 2026-04-05.csv", deals(19, first=100))
    assert shrunk(crm) == [
        ("deals 2026-03-05.csv", 20, "deals 2026-02-05.csv", 201),
        ("deals 2026-04-05.csv", 19, "deals 2026-02-05.csv", 201),
    ]
    crm.put("deals 2026-05-05.csv", deals(202))
    assert shrunk(crm) == []


def test_files_of_a_month_each_have_as_many_rows_as_the_month(crm: Crm) -> None:
    for month, count in enumerate((200, 300, 4, 250, 0), start=1):
        crm.put(f"deals 2026-0{month}.csv", deals(count, first=month * 1000))
    assert shrunk(crm) == []


def test_facts_without_a_key_are_compared_under_one_name_only(crm: Crm) -> None:
    table = replace(TABLE, key=())
    for name, count in (("deals a.csv", 200), ("deals b.csv", 10), ("deals a.csv", 20)):
        (crm.folder / name).write_text(deals(count))
        ingest_table(crm.connection, table, crm.folder)
    assert shrunk(crm) == [("deals a.csv", 20, "deals a.csv", 200)]


def test_another_name_or_another_declaration_makes_no_export_whole(crm: Crm) -> None:
    crm.put("deals.csv", deals(200))
    crm.put("deals.csv", deals(10))
    (crm.folder / "deals.csv").rename(crm.folder / "new deals.csv")
    ingest_table(crm.connection, TABLE, crm.folder)
    table = replace(TABLE, columns=tuple(column for column in TABLE.columns if column.name != "email"))
    ingest_table(crm.connection, table, crm.folder)
    assert shrunk(crm) == [("new deals.csv", 10, "deals.csv", 200)]


def test_an_export_that_was_refused_for_its_order_is_compared_too(crm: Crm) -> None:
    crm.put("deals.csv", deals(200))
    crm.put("deals b.csv", "id,stage\n1,open\n")
    for text in ("id,stage\n1,won\n2,open\n", "id,stage\n1,lost\n", "not\na\ntable\n"):
        crm.put("deals.csv", text)
        assert crm.stages() == ["asked"]
    crm.put("deals.csv", deals(5))
    assert shrunk(crm) == [("deals.csv", 5, "deals.csv", 200)]


def test_a_copy_of_a_poor_export_in_the_place_of_a_full_one_is_named(crm: Crm) -> None:
    crm.put("deals 2025.csv", deals(10))
    crm.put("deals 2026.csv", deals(200))
    crm.put("deals 2026.csv", deals(10))
    assert [rows for _, rows, _, before in shrunk(crm) if before == 200] == [10]


def test_which_loaded_files_are_still_there(crm: Crm) -> None:
    crm.put("deals 2026-01.csv", deals(2))
    crm.put("deals 2026-02.csv", deals(3))
    query = "select file, is_present from raw.ingestion__loads order by all"
    (crm.folder / "deals 2026-01.csv").unlink()
    ingest_table(crm.connection, TABLE, crm.folder)
    assert crm.connection.execute(query).fetchall() == [("deals 2026-01.csv", False), ("deals 2026-02.csv", True)]
    (crm.folder / "deals 2026-02.csv").unlink()
    crm.put("deals 2026-01.csv", deals(2))
    assert crm.connection.execute(query).fetchall() == [("deals 2026-01.csv", True), ("deals 2026-02.csv", False)]


@pytest.mark.parametrize("left", ["id < 5", "id >= 195", "false"])
def test_a_table_of_a_database_that_has_lost_its_rows_is_named(tmp_path: Path, left: str) -> None:
    """The rows of the last synchronisation may be among those that are left, or not."""
    table = replace(TABLE, files=(), utc_files=("deal.*",))
    crm, lake = Crm(tmp_path / "exports"), tmp_path / "lake.duckdb"
    (crm.folder / "connection.yml").write_text("type: duckdb\nfile: ../lake.duckdb\nschemas: [crm]\n")

    def change(statement: str) -> LoadReport:
        with duckdb.connect(lake) as connection:
            connection.execute(statement)
        servers._tables_then.cache_clear()
        return ingest_table(crm.connection, table, crm.folder)

    change(
        "create schema crm; create table crm.deal as select range as id, 'open' as stage, "
        "timestamptz '2026-03-01 10:00:00+00' + range * interval 1 hour as _fivetran_synced from range(200)"
    )
    assert shrunk(crm) == []
    report = change(f"delete from crm.deal where not ({left})")
    rows = crm.connection.execute("select count(*) from raw.crm__deals").fetchall()[0][0]
    assert [(count, file, before) for _, count, file, before in shrunk(crm)] == [
        (rows, "connection.yml/crm/deal.duckdb-table", 200)
    ]
    assert [f"has {rows} rows, and connection.yml/crm/deal.duckdb-table had 200" in text for text in report.losses] == [
        True
    ]
    change(
        "insert into crm.deal select range, 'open', timestamptz '2026-05-01 10:00:00+00' + range * interval 1 hour "
        "from range(200) where range not in (select id from crm.deal)"
    )
    assert shrunk(crm) == []
