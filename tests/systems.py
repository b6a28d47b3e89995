"""All systems at once, the product's and those of the examples: what a test needs that evaluates every one of them."""

import os
import subprocess
from collections.abc import Sequence
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
from orchestration.lib.warehouse.manifest import refresh_manifest
from orchestration.lib.warehouse.public_suffixes import write_suffixes

SYSTEMS = known_systems(settings.SYSTEMS, settings.EXAMPLES, settings.DEMO_COMPANY)
TABLES = tables_of(settings.DBT_PROJECT, SYSTEMS)


def assembled(place: settings.Settings) -> Path:
    """The dbt project of this home, with all systems, and parsed."""
    place.home.mkdir(parents=True, exist_ok=True)
    assemble(place.project, settings.DBT_PROJECT, SYSTEMS)
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


def compiled(place: settings.Settings, models: Sequence[str]) -> dict[str, str]:
    """Each of these models as SQL for the warehouse of this home."""
    command = [settings.dbt_executable(), "compile", "--quiet", "--select", *models]
    subprocess.run(
        [*command, "--target-path", str(place.dbt_target), "--log-path", str(place.logs)],
        cwd=assembled(place),
        env=os.environ | place.environment(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    files = {path.stem: path for path in (place.dbt_target / "compiled").rglob("*.sql")}
    return {model: files[model].read_text() for model in models}
