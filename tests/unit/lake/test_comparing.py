"""What counts as the same table in two engines, and what does not."""

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.lake.comparing import MISSING, compare_tables

TABLE = (
    "select 1 as id, 0.5 as share, cast(0.1 as double) as rate, timestamp '2026-01-01' as began_at, "
    "map {'a': 1, 'b': 2} as words"
)


def compared(folder: Path, theirs: str, ours: str = TABLE) -> str:
    warehouse, files = folder / "warehouse.duckdb", folder / "t.parquet"
    with duckdb.connect(warehouse) as connection:
        connection.execute(f"create schema marts; create table marts.t as {ours}")
        connection.execute(f"copy ({theirs}) to '{files}' (format parquet)")
    [found] = compare_tables(warehouse, ["marts.t"], {"marts.t": str(files)})
    return found.difference


@pytest.mark.parametrize(
    "theirs",
    [
        TABLE,
        TABLE.replace("1 as id", "cast(1 as bigint) as id").replace("0.5", "cast(0.5 as decimal(20, 4))"),
        TABLE.replace("0.1 as double", "0.10000000000000002 as double"),
        TABLE.replace("{'a': 1, 'b': 2}", "{'b': 2, 'a': 1}"),
        "select words, began_at, rate, share, id from (" + TABLE + ")",
    ],
    ids=["the same", "other widths", "the last digit", "order of a map", "order of columns"],
)
def test_the_same_table(tmp_path: Path, theirs: str) -> None:
    assert compared(tmp_path, theirs) == ""


@pytest.mark.parametrize(
    ("theirs", "difference"),
    [
        (TABLE.replace("1 as id", "2 as id"), "1 rows of DuckDB's and 1 of Spark's, in id"),
        (TABLE.replace("0.1 as double", "0.1000001 as double"), "1 rows of DuckDB's and 1 of Spark's, in rate"),
        (f"{TABLE} union all {TABLE}", "0 rows of DuckDB's and 1 of Spark's, in pairs"),
        (f"{TABLE} limit 0", "1 rows of DuckDB's and 0 of Spark's, in id, share, rate, began_at, words"),
        (TABLE.replace("as rate", "as ratio"), "columns of one engine alone: rate, ratio"),
        (TABLE.replace("2026-01-01", "2026-01-01 00:00:00.000001"), "1 rows of DuckDB's and 1 of Spark's, in began_at"),
    ],
    ids=["a number", "a part", "a row twice", "no row", "a name", "a microsecond"],
)
def test_another_table(tmp_path: Path, theirs: str, difference: str) -> None:
    assert compared(tmp_path, theirs) == difference


@pytest.mark.parametrize(("places", "difference"), [(12, ""), (9, "1 rows of DuckDB's and 1 of Spark's, in n")])
def test_decimals_of_more_places_than_nine_are_made_of_doubles(tmp_path: Path, places: int, difference: str) -> None:
    value = "select cast({} as decimal(28, {})) as n"
    ours, theirs = value.format(2352.941176470589, places), value.format(2352.941176469411, places)
    assert compared(tmp_path, theirs, ours) == difference


def test_rows_that_are_near_one_another_in_pairs(tmp_path: Path) -> None:
    rows = "select cast(n as double) as rate from (values (0.1), (0.2), (0.3)) as t(n)"
    moved = rows.replace("0.3", "0.30000000000000004").replace("(0.1), (0.2)", "(0.2), (0.1)")
    assert compared(tmp_path, moved, rows) == ""


def test_a_table_that_spark_has_not_built(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "warehouse.duckdb") as connection:
        connection.execute(f"create schema marts; create table marts.t as {TABLE}")
    [found] = compare_tables(tmp_path / "warehouse.duckdb", ["marts.t"], {})
    assert (found.difference, found.rows) == (MISSING, 1)
