"""A build of the models by Spark, in the lake.

Belongs here: the order of its steps. The models are those of dbt_project/, for the target `spark` of profiles.yml.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from orchestration.lib.lake.session import open_session
from orchestration.lib.lake.tables import drop_tables, export_tables, fill_warehouse, register_tables
from orchestration.lib.warehouse.dbt import NodeResult, build
from orchestration.lib.warehouse.manifest import parse

TARGET = ("--target", "spark")
# Letters of the message of a node that failed.
MOST = 1000


@contextmanager
def session_in_lake(warehouse: Path, project: Path, lake: Path, options: Mapping[str, str]) -> Iterator[Path]:
    """A session with the raw tables of the warehouse, in which dbt runs; the folder of the tables that it builds.

    `options` are settings of Spark; the variables of open_session are set.
    """
    building = lake / "building"
    shutil.rmtree(building, ignore_errors=True)
    lake.chmod(0o700)  # it has persons in it, as the warehouse has
    parse(project, lake / "target", TARGET)
    declared = export_tables(warehouse, lake, [table.partition(".")[2] for table in tables_of(lake, "seed")])
    session = open_session(building, options)
    try:
        register_tables(session, lake, building, declared)
        yield building
        drop_tables(session, lake)
    finally:
        session.stop()


def build_in_lake(warehouse: Path, project: Path, lake: Path, options: Mapping[str, str]) -> Iterator[NodeResult]:
    """Build all models from the raw tables of the warehouse, and yield each.

    The tables of the last build are replaced when all are built. dbt's log is dbt.log in the lake. DbtError if dbt
    itself fails.
    """
    tables, is_whole = lake / "tables", True
    with session_in_lake(warehouse, project, lake, options) as building:
        for node in build(project, lake / "target", lake, TARGET, verb="run"):
            is_whole = is_whole and not node.stops
            # Spark repeats the statement, and Python's trace: dbt's log has them.
            yield replace(node, message=node.message.partition("== SQL")[0].strip()[:MOST])
        if is_whole:
            shutil.rmtree(tables, ignore_errors=True)
            building.rename(tables)


def build_and_test(
    warehouse: Path, project: Path, lake: Path, options: Mapping[str, str], target: Path, logs: Path
) -> Iterator[NodeResult]:
    """What `dbt build` does on DuckDB, with Spark for the models: DuckDB has the seeds, and tests what Spark has built.

    `target` and `logs` are those of DuckDB's project.
    """
    yield from build(project, target, logs, [], verb="seed")
    is_whole = True
    for node in build_in_lake(warehouse, project, lake, options):
        is_whole = is_whole and not node.stops
        yield node
    if is_whole:
        fill_warehouse(warehouse, lake)
        yield from build(project, target, logs, ["--exclude-resource-type", "unit_test"], verb="test")


def tables_of(lake: Path, kind: str = "model") -> list[str]:
    """The tables that the last build was to make, as <schema>.<table>; with `seed` those that it reads as they are."""
    nodes = json.loads((lake / "target" / "manifest.json").read_text())["nodes"].values()
    return sorted(f"{node['schema']}.{node['name']}" for node in nodes if node["resource_type"] == kind)
