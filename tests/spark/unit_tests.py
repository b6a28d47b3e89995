"""The dbt unit tests on Spark, in the Spark of this process: `python -m tests.spark.unit_tests HOME`.

Belongs here: what test_unit_tests.py starts in the environment of Spark, which has no pytest. A unit test needs the
columns of the tables that it replaces, so all models are built first, in a company without data.
"""

import sys
from pathlib import Path

from orchestration import settings
from orchestration.lib.lake.build import TARGET, session_in_lake
from orchestration.lib.lake.session import java_home
from orchestration.lib.warehouse.dbt import build

# An error in Spark 4.2 itself, where it plans joins of rows that are written out in the query, as those of unit tests.
OPTIONS = {"spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.ReorderJoin"}


def main(place: settings.Settings) -> None:
    """Print what fails, and how many passed."""
    place.lake.mkdir()
    settings.use_for_spark(java_home(place.lake / "java"), OPTIONS)
    nodes = list(build(place.project, place.dbt_target, place.logs, [], verb="seed"))
    target = place.lake / "target"
    with session_in_lake(place.warehouse, place.project, place.lake, OPTIONS):
        nodes += build(place.project, target, place.lake, TARGET, verb="run")
        # DuckDB reads a map from a text, as which the rows of a unit test have it; Spark does not.
        of_units = [*TARGET, "--resource-type", "unit_test", "--exclude", "tag:map_as_text"]
        tests = list(build(place.project, target, place.lake, of_units, verb="test"))
    failed = [node for node in (*nodes, *tests) if node.stops]
    for node in failed:
        print(f"{node.unique_id}: {node.message}")
    print(f"{sum(node.success for node in tests)} unit tests passed, {len(failed)} failed")


if __name__ == "__main__":
    home = settings.Settings(settings.DEMO_COMPANY, Path(sys.argv[1]))
    settings.apply(home)
    main(home)
