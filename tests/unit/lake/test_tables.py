"""The lake's files beside the warehouse: what goes out, and what comes back in."""

import os
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


def test_a_raw_table_is_exported_again_when_its_loads_or_columns_have_changed(tmp_path: Path) -> None:
    warehouse, lake = tmp_path / "warehouse.duckdb", tmp_path / "lake"

    def exported(*changes: str) -> set[str]:
        """The tables that were written after these changes of the warehouse."""
        for path in lake.rglob("*.parquet"):
            os.utime(path, (0, 0))
        with duckdb.connect(warehouse) as connection:
            for change in changes:
                connection.execute(change)
        declared = export_tables(warehouse, lake, [])
        for name in declared:
            ours = f"from read_parquet('{lake}/{name.replace('.', '/')}.parquet')"
            with duckdb.connect(warehouse, read_only=True) as connection:
                assert connection.execute(ours).fetchall() == connection.execute(f"from {name}").fetchall()
        return {path.stem for path in lake.rglob("*.parquet") if path.stat().st_mtime > 0}

    tables = ("create schema raw", "create table raw.crm__leads as select 1 as id, 'a' as _load_id")
    more = ("create table raw.crm__calls as from raw.crm__leads", "create table raw.company__own as select 1 as n")
    ledger = (
        "create table raw.ingestion__loads as select 'crm' as system, unnest(['leads', 'calls']) as table_name, 1 as n"
    )
    always = {"company__own", "ingestion__loads"}
    assert exported(*tables, *more, ledger) == {"crm__leads", "crm__calls", *always}
    assert exported() == always
    change = "update raw.crm__leads set id = 2", "update raw.ingestion__loads set n = 2 where table_name = 'leads'"
    assert exported(*change) == {"crm__leads", *always}
    assert exported("alter table raw.crm__calls add column note varchar") == {"crm__calls", *always}
    assert exported("drop table raw.crm__leads") == always
    assert not (lake / "raw" / "crm__leads.parquet").exists()
    # A killed export has removed what it began from: all is written again.
    (lake / "exported.json").unlink()
    assert exported() == {"crm__calls", *always}
