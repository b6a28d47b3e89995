"""The lake's files beside the warehouse: what goes out, and what comes back in."""

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.lake.tables import export_tables, fill_warehouse, spark_type


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("VARCHAR", "string"),
        ("TIMESTAMP", "timestamp_ntz"),
        ("TIMESTAMP WITH TIME ZONE", "timestamp_ltz"),
        ("DECIMAL(18,2)", "DECIMAL(18,2)"),
        ("MAP(VARCHAR, TIMESTAMP)", "map<string, timestamp_ntz>"),
        ("MAP(VARCHAR, DECIMAL(18,2))", "map<string, DECIMAL(18,2)>"),
        ("USMALLINT", "int"),
    ],
)
def test_a_type_as_spark_names_it(kind: str, expected: str) -> None:
    assert spark_type(kind) == expected


def test_out_and_in(tmp_path: Path) -> None:
    warehouse, lake = tmp_path / "warehouse.duckdb", tmp_path / "lake"
    with duckdb.connect(warehouse) as connection:
        connection.execute("create schema raw; create schema staging; create schema marts; create schema intermediate")
        connection.execute(
            "create table raw.crm__contacts as select 1 as id, timestamp '2026-01-01 00:00:00.000001' as at_"
        )
        connection.execute(
            "create table staging.known as select 'lead' as stage; create table staging.other as select 1"
        )
        # Of a build by DuckDB: the view and the table change their places.
        connection.execute("create table intermediate.int_a as select 0 as n; create view marts.dim_a as select 0 as n")
    (lake / "raw").mkdir(parents=True)
    (lake / "raw" / "gone.parquet").touch()
    declared = export_tables(warehouse, lake, ["known"])
    assert declared == {"raw.crm__contacts": "`id` int, `at_` timestamp_ntz", "staging.known": "`stage` string"}
    assert {path.name for path in lake.rglob("*.parquet")} == {"crm__contacts.parquet", "known.parquet"}

    for name in ("intermediate.db/int_a", "marts.db/dim_a", "marts.db/dim_b"):
        (lake / "tables" / name).mkdir(parents=True)
        duckdb.sql(f"copy (select 7 as n) to '{lake}/tables/{name}/part-0.parquet'")
    fill_warehouse(warehouse, lake)
    with duckdb.connect(warehouse) as connection:
        kinds = connection.execute(
            "select table_name, table_type from information_schema.tables where table_name similar to 'int_a|dim_.'"
        ).fetchall()
        assert dict(kinds) == {"int_a": "VIEW", "dim_a": "BASE TABLE", "dim_b": "BASE TABLE"}
        assert connection.execute("from intermediate.int_a union all from marts.dim_a").fetchall() == [(7,), (7,)]
