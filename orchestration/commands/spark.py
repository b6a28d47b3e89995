"""`smarketing spark`: the models built by Spark from what the last run has read, and compared with DuckDB's tables.

Belongs here: its options, and what a user reads. Building and comparing are lib/lake/, which the environment of
`make spark` alone can import; docs/scale.md has when it is worth it.
"""

import importlib.util
import time
from typing import Annotated

import typer

from orchestration import settings
from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import end, print_line
from orchestration.commands.preparing import Prepared, prepare, prepare_project
from orchestration.lib.company.company_file import is_by_spark


def spark(
    company: CompanyOption = None,
    home: HomeOption = None,
    is_compared: Annotated[
        bool, typer.Option("--compare", help="Compare every table with the same of DuckDB, row by row.")
    ] = False,
) -> None:
    """Build the models by Spark, as Parquet in <home>/lake/tables; nothing is published.

    It reads the raw tables of the last `smarketing run`. `make spark` sets up the environment that it runs in.
    """
    require_spark()
    prepared = prepare(company, home, holder="spark")
    if is_by_spark(prepared.place.company):
        end(
            "company.yml has engine: spark: `smarketing run` builds by Spark, and nothing of DuckDB's is beside it",
            2,
        )
    prepare_project(prepared, starts_build=False)
    _build(prepared)
    if is_compared:
        _compare(prepared)


def require_spark() -> None:
    """End the verb in an environment without Spark."""
    if importlib.util.find_spec("pyspark") is None:
        command = settings.spark_command()
        end(f"Spark is in an environment of its own: `make spark`, then {command} instead of smarketing", 2)


def _build(prepared: Prepared) -> None:
    from orchestration.lib.lake.build import build_in_lake
    from orchestration.lib.lake.session import java_home

    place, started = prepared.place, time.monotonic()
    options = settings.read_spark_options()
    settings.use_for_spark(java_home(place.lake / "java"), options)
    built, failed = 0, []
    for node in build_in_lake(place.warehouse, place.project, place.lake, options):
        built += node.success
        if node.stops:
            failed.append(node)
            print_line(f"{node.unique_id.rpartition('.')[2]}: {node.message}")
    if failed:
        end(f"{len(failed)} models failed, and those that read them; dbt's log is {place.lake / 'dbt.log'}", 1)
    print_line(f"{built} models in {time.monotonic() - started:.0f} s: {place.lake / 'tables'}")


def _compare(prepared: Prepared) -> None:
    from orchestration.lib.lake.build import tables_of
    from orchestration.lib.lake.comparing import compare_tables
    from orchestration.lib.lake.tables import built_tables

    place = prepared.place
    compared = list(compare_tables(place.warehouse, tables_of(place.lake), built_tables(place.lake)))
    different = [each for each in compared if each.difference]
    for each in different:
        print_line(f"{each.table} ({each.rows} rows): {each.difference}")
    with_rows = sum(bool(each.rows) for each in compared)
    equal, tables = len(compared) - len(different), len(compared)
    print_line(f"{equal} of {tables} tables are equal; {with_rows} of the {tables} have rows")
    if different:
        end(f"{len(different)} tables differ between DuckDB and Spark", 1)
