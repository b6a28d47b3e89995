"""No model and no data test compares every row with every row: the cost grows with the leads, and not with their pairs.

Read from the plans that DuckDB makes over the demo's tables and those of the systems that it does not have, grown to
10,000 rows each: nothing has to run for that. A nested loop is what an outer join becomes whose condition is not all
comparisons between its two sides.
"""

import json
import os
import subprocess
from collections.abc import Iterator

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.ingestion.raw_tables import shape_raw_table
from orchestration.lib.systems.assembling import assembled_systems
from orchestration.lib.warehouse import functions
from tests.end_to_end.conftest import Built
from tests.systems import SYSTEMS, TABLES, assembled

ROWS = 10_000
LARGE = 1_000
NESTED_LOOPS = ("BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN", "CROSS_PRODUCT")

# What does not grow with the leads.
RULES = "regexp_matches(table_name, '^(reference|agreement|company|ingestion)__') or schema_name = 'staging'"
VALUES = {
    "VARCHAR": "'value ' || i",
    "BOOLEAN": "i % 2 = 0",
    "DATE": "date '2026-01-01' + cast(i % 365 as integer)",
    "TIMESTAMP": "timestamp '2026-01-01' + to_minutes(i)",
    "TIMESTAMP WITH TIME ZONE": "timestamptz '2026-01-01 00:00:00+00' + to_minutes(i)",
    "MAP(VARCHAR, TIMESTAMP)": "map {'value': timestamp '2026-01-01' + to_minutes(i)}",
    "MAP(VARCHAR, DOUBLE)": "map {'value': cast(i as double)}",
    "MAP(VARCHAR, DECIMAL(18,2))": "map {'value': i}",
}

JOINS = """
create table things as
select i as id, i % 7 as kind, timestamp '2026-01-01' + to_minutes(i) as began_at from range(5000) as t(i);
create table rules as select i as kind from range(7) as t(i);
"""


@pytest.mark.slow
def test_no_model_and_no_data_test_joins_every_row_with_every_row(demo_copy: Built) -> None:
    place = settings.Settings(demo_copy.company, demo_copy.home)
    there = assembled_systems(place.project)
    project = assembled(place)
    with duckdb.connect(place.warehouse) as connection:
        for table in TABLES:
            shape_raw_table(connection, table)
    absent = [f"path:models/staging/{system.name}" for system in SYSTEMS if system.name not in there]
    for command in (["run", "--select", *absent], ["compile"]):
        subprocess.run(
            [settings.dbt_executable(), "--quiet", *command, "--target-path", place.dbt_target],
            cwd=project,
            env=os.environ | place.environment(),
            stdout=subprocess.DEVNULL,
            check=True,
        )
    nodes = json.loads((place.dbt_target / "manifest.json").read_text())["nodes"].values()
    asked = [node for node in nodes if node["resource_type"] in ("model", "test")]
    with duckdb.connect(place.warehouse) as connection:
        functions.register(connection)
        grow(connection)
        found = {
            f"{node['name']}: {loop}" for node in asked for loop in nested_loops(connection, node["compiled_code"])
        }
    assert len(asked) > 500
    assert not found, "\n".join(sorted(found))


def test_a_nested_loop_of_two_large_sides_is_found() -> None:
    with duckdb.connect() as connection:
        connection.execute(JOINS)

        def found(join: str) -> list[str]:
            return list(nested_loops(connection, f"select * from things as a {join}"))

        (condition,) = found("left join things as b on a.id = b.id and a.kind = 1")
        assert "(kind = 1)" in condition
        assert found("left join (select kind, count(*) from things group by 1) as b on a.kind = b.kind or a.id = 1")
        assert found("cross join things as b") == ["every row with every row"]
        assert not found("left join things as b on case when a.kind = 1 then a.id end = b.id")
        assert not found("left join things as b on a.id = b.id and a.began_at < b.began_at")
        assert not found("left join rules as b on a.kind = b.kind or a.id = 1")
        assert not found("cross join (select max(began_at) from things) as b")


def grow(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every table that grows with the leads the rows of a larger company; their values do not matter."""
    tables = connection.execute(f"""
        select format('"{{}}"."{{}}"', schema_name, table_name), estimated_size, list(data_type order by column_index)
        from duckdb_tables() inner join duckdb_columns() using (schema_name, table_name)
        where not ({RULES}) and estimated_size < {ROWS} and (estimated_size >= 20 or schema_name = 'raw')
        group by all
    """).fetchall()
    for table, rows, types in tables:
        if rows:
            connection.execute(f"insert into {table} select old.* from {table} as old, range({ROWS // rows})")
        else:
            values = ", ".join(VALUES.get(kind, "i") for kind in types)
            connection.execute(f"insert into {table} select {values} from range({ROWS}) as made(i)")


def nested_loops(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[str]:
    """The conditions of the nested loops in the query's plan whose sides are both large."""
    plan = json.loads(connection.execute(f"explain (format json) {query}").fetchall()[0][1])[0]
    yield from _walk(plan, {})[1]


def _walk(node: dict, of_ctes: dict[str, int]) -> tuple[int, list[str]]:
    """How many rows may come out of a node (those of the largest table in it), and the conditions found below it."""
    name, details = node["name"], node["extra_info"]
    sizes, found = [], []
    for place, child in enumerate(node["children"]):
        size, below = _walk(child, of_ctes)
        sizes.append(size)
        found += below
        if name in ("CTE", "REC_CTE") and place == 0:
            of_ctes[details["Table Index"]] = size
    if name in NESTED_LOOPS and min(sizes) >= LARGE:
        found.append(str(details.get("Condition") or details.get("Conditions") or "every row with every row"))
    if name == "UNGROUPED_AGGREGATE":
        return 1, found
    if name in ("CTE_SCAN", "REC_CTE_SCAN"):
        return of_ctes.get(details["CTE Index"], LARGE), found
    return max(sizes, default=int(details.get("Estimated Cardinality") or 0)), found
