"""All systems at once, the product's and those of the examples: what a test needs that evaluates every one of them."""

import fcntl
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import duckdb

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.agreement.tables import write_tables
from orchestration.lib.company.privacy import write_privacy
from orchestration.lib.ingestion.raw_tables import create_ledger, shape_raw_table
from orchestration.lib.review.tables import write_reviews
from orchestration.lib.systems.assembling import assemble
from orchestration.lib.systems.finding import known_systems, tables_of
from orchestration.lib.warehouse.dbt import NodeResult, build
from orchestration.lib.warehouse.manifest import refresh_manifest, rendered_place
from orchestration.lib.warehouse.public_suffixes import write_suffixes
from tests.command import FORKED

SYSTEMS = known_systems(settings.SYSTEMS, settings.EXAMPLES, settings.DEMO_COMPANY)
TABLES = tables_of(settings.DBT_PROJECT, SYSTEMS)


def assembled(place: settings.Settings) -> Path:
    """The dbt project of this home, with all systems, and parsed."""
    place.home.mkdir(parents=True, exist_ok=True)
    assemble(place.project, settings.DBT_PROJECT, SYSTEMS)
    settings.PARSED.mkdir(parents=True, exist_ok=True)
    with (settings.PARSED / ".lock").open("w") as lock:  # parsed once: the other test workers wait, and take it over
        fcntl.flock(lock, fcntl.LOCK_EX)
        refresh_manifest(place.project, settings.PARSED)
    return place.project


def write_empty(place: settings.Settings) -> None:
    """A company with its agreement and without data, and its dbt project."""
    assembled(place)
    with duckdb.connect(place.warehouse) as connection:
        create_ledger(connection)
        for table in TABLES:
            shape_raw_table(connection, table)
        write_tables(connection, read_agreements(place.company / "agreements"))
        write_privacy(connection, "hash", "a key")
        write_reviews(connection, [])
        write_suffixes(connection)


def run_dbt(place: settings.Settings, verb: str, *arguments: str) -> list[NodeResult]:
    """The nodes that dbt ran in the project of all systems, called as a run calls it, in a process of its own."""
    assembled(place)
    with ProcessPoolExecutor(max_workers=1, mp_context=FORKED) as process:
        return process.submit(_run_dbt, place, verb, arguments).result()


def _run_dbt(place: settings.Settings, verb: str, arguments: Sequence[str]) -> list[NodeResult]:
    os.environ.update(place.environment())
    if verb == "test":
        from tests import quick_dbt  # which imports dbt

        quick_dbt.use()
    rendered = rendered_place(place.dbt_target, settings.PARSED)
    return list(build(place.project, place.dbt_target, place.logs, arguments, verb, rendered))


def passed(place: settings.Settings, verb: str, *arguments: str) -> list[NodeResult]:
    """The same, where there is at least one node and none may fail."""
    nodes = run_dbt(place, verb, *arguments)
    failed = [f"{node.unique_id}: {node.message}" for node in nodes if node.stops]
    assert nodes
    assert not failed, "\n".join(failed)
    return nodes


def build_models(place: settings.Settings, *selection: str, data_tests: bool = True) -> None:
    """Have dbt build these models and seeds, with their data tests or without; none may fail."""
    only = ["--exclude-resource-type", "unit_test", *([] if data_tests else ["--exclude-resource-type", "test"])]
    passed(place, "build", *selection, *only)


def compiled(place: settings.Settings, models: Sequence[str]) -> dict[str, str]:
    """Each of these models as SQL for the warehouse of this home."""
    passed(place, "compile", "--select", *models)
    files = {path.stem: path for path in (place.dbt_target / "compiled").rglob("*.sql")}
    return {model: files[model].read_text() for model in models}
