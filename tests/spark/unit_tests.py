"""The dbt unit tests on Spark, in the Spark of this process: `python -m tests.spark.unit_tests HOME`.

Belongs here: what test_unit_tests.py starts in the environment of Spark, which has no pytest. A unit test needs the
columns of the tables that it replaces, so all models are built first, in a company without data.
"""

import sys
from pathlib import Path

from orchestration import settings
from orchestration.lib.lake.build import TARGET, tables_of
from orchestration.lib.lake.session import java_home, open_session
from orchestration.lib.lake.tables import export_tables, register_tables
from orchestration.lib.warehouse.dbt import build
from orchestration.lib.warehouse.manifest import parse

# An error in Spark 4.2 itself, where it plans joins of rows that are written out in the query, as those of unit tests.
OPTIONS = {"spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.ReorderJoin"}


def main(place: settings.Settings) -> int:
    """Print what fails, and how many passed; the exit code."""
    lake, building = place.lake, place.lake / "building"
    building.mkdir(parents=True)
    settings.use_for_spark(java_home(lake / "java"), OPTIONS)
    seeds = list(build(place.project, place.dbt_target, place.logs, [], verb="seed"))
    parse(place.project, lake / "target", TARGET)
    declared = export_tables(place.warehouse, lake, [name.partition(".")[2] for name in tables_of(lake, "seed")])
    session = open_session(building, OPTIONS)
    try:
        register_tables(session, lake, building, declared)
        models = list(build(place.project, lake / "target", lake, TARGET, verb="run"))
        # DuckDB reads a map from a text, as which the rows of a unit test have it; Spark does not.
        of_units = [*TARGET, "--resource-type", "unit_test", "--exclude", "tag:map_as_text"]
        tests = list(build(place.project, lake / "target", lake, of_units, verb="test"))
    finally:
        session.stop()
    failed = [node for node in (*seeds, *models, *tests) if node.stops]
    for node in failed:
        print(f"{node.unique_id}: {node.message}")
    print(f"{sum(node.success for node in tests)} unit tests passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    home = settings.Settings(settings.DEMO_COMPANY, Path(sys.argv[1]))
    settings.apply(home)
    sys.exit(main(home))
