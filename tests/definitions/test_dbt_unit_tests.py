"""Every model builds for a company that has no data yet, and every dbt unit test passes there.

The unit tests of the SQL are beside the models, in their YAML; they need the columns of the tables that they replace,
and an empty company has these as well. They run twice: engines differ in where nulls sort.
"""

import os
import re
import subprocess
from pathlib import Path

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.agreement.tables import write_tables
from orchestration.lib.company.privacy import write_privacy
from orchestration.lib.ingestion.raw_tables import create_ledger, shape_raw_table
from orchestration.lib.review.tables import write_reviews
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.public_suffixes import write_suffixes
from tests.systems import assembled


@pytest.fixture
def empty(tables: list[SourceTable], tmp_path: Path) -> settings.Settings:
    """A company with its agreement and without data, and its dbt project."""
    place = settings.Settings(settings.DEMO_COMPANY, tmp_path)
    with duckdb.connect(place.warehouse) as connection:
        create_ledger(connection)
        for table in tables:
            shape_raw_table(connection, table)
        write_tables(connection, read_agreements(place.company / "agreements"))
        write_privacy(connection, "hash", "a key")
        write_reviews(connection, [])
        write_suffixes(connection)
    assembled(place)
    return place


@pytest.mark.parametrize("target", ["embedded", pytest.param("nulls_first", marks=pytest.mark.slow)])
def test_an_empty_company_and_all_unit_tests(empty: settings.Settings, target: str) -> None:
    assert unit_tests(empty, "build", "--exclude-resource-type", "test", "--target", target) >= 30


def unit_tests(place: settings.Settings, *command: str) -> int:
    """Run dbt, which must succeed, and return how many unit tests it ran."""
    result = subprocess.run(
        [settings.dbt_executable(), *command, "--target-path", str(place.dbt_target), "--log-path", str(place.logs)],
        cwd=place.project,
        env=os.environ | place.environment(),
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout
    ran = re.search(r"(\d+) unit tests", result.stdout)
    assert ran
    return int(ran[1])
