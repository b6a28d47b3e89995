"""How much cheaper one more day could be than a whole build: the tables that a day leaves as they are, and their share.

    python benchmarks/one_more_day.py [copies] [warehouse]

Belongs here: two builds whose as-of are a day apart, and what came out of each. The company is `copies_of_the_demo.py`,
and seconds are those of the processor. Both ratios favour keeping tables: the raw tables are the same on both days,
where a real day brings new rows to nearly all of them, and to compare a table, to find its new rows, or to add them
costs nothing here.
"""

import sys
import tempfile
from pathlib import Path

import duckdb
from copies_of_the_demo import copy_raw_tables
from growth import build, compiled, opened, tables

from orchestration import settings

AS_OF = "int_as_of"


def keep_rows(connection: duckdb.DuckDBPyConnection, nodes: list[dict]) -> None:
    """Keep a hash of each row of each table."""
    connection.execute("create schema day_before")
    for node in tables(nodes):
        hashes = f"select hash(each) as row_hash from {node['relation_name']} as each"
        connection.execute(f'create table day_before."{node["name"]}" as {hashes}')


def changes(connection: duckdb.DuckDBPyConnection, nodes: list[dict]) -> dict[str, bool]:
    """The tables that have other rows than were kept; true for those that have all of the kept ones, and more."""
    found = {}
    for node in tables(nodes):
        before = f'from day_before."{node["name"]}"'
        after = f"select hash(each) as row_hash from {node['relation_name']} as each"
        gone, new = connection.execute(
            f"select (select count(*) from ({before} except all {after})), "
            f"(select count(*) from ({after} except all {before}))"
        ).fetchone()
        if gone or new:
            found[node["unique_id"]] = not gone
    return found


def the_day_before(node: dict) -> dict:
    """The node as it was compiled; the as-of is a day earlier."""
    if node["name"] != AS_OF:
        return node
    code = f"select * replace (as_of - interval 1 day as as_of) from ({node['compiled_code']})"
    return node | {"compiled_code": code}


def needed(nodes: list[dict], changed: set[str]) -> set[str]:
    """The models and tests that read a table which has changed, directly or through views, and the as-of itself."""
    reading: set[str] = set()
    moved = set(changed)
    for node in nodes:
        is_view = node["config"]["materialized"] == "view"
        if node["name"] == AS_OF or moved.intersection(node["depends_on"]["nodes"]):
            reading.add(node["unique_id"])
            if is_view:
                moved.add(node["unique_id"])
    return reading


def measured(source: Path, copies: int, folder: Path) -> None:
    """Build both days, and print the bound."""
    place = settings.Settings(settings.DEMO_COMPANY, folder / str(copies))
    place.home.mkdir()
    leads = copy_raw_tables(source, place.warehouse, copies)
    nodes = compiled(place)
    with opened(place) as connection:
        build(connection, [the_day_before(node) for node in nodes if node["resource_type"] == "model"])
        keep_rows(connection, nodes)
        seconds = build(connection, nodes)
        changed = changes(connection, nodes)
    whole = sum(seconds.values())

    def taken(keys: set[str]) -> float:
        named = {node["unique_id"]: node["name"] for node in nodes}
        return sum(seconds.get(named[key], 0) + seconds.get(f"test {named[key]}", 0) for key in keys)

    left = needed(nodes, set(changed))
    grown = {key for key, has_all in changed.items() if has_all}
    print(f"{leads:,} leads, {len(tables(nodes))} tables; a day later {len(changed)} differ, {len(grown)} only by more")
    print(f"a whole build {whole:.1f} s")
    print(f"without what reads no table that has changed: {whole / taken(left):.2f} times less")
    print(f"and with what just has more rows for nothing: {whole / taken(left - grown):.2f} times less")


if __name__ == "__main__":
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    source = Path(sys.argv[2]) if len(sys.argv) > 2 else settings.home_of(settings.DEMO_COMPANY) / "warehouse.duckdb"
    with tempfile.TemporaryDirectory() as folder:
        measured(source, copies, Path(folder))
