"""Every model builds for a company that has no data yet, and every dbt unit test passes there.

The unit tests of the SQL stand beside the models, in their YAML; they need the columns of the tables that they replace,
and these an empty company has as well.
"""

import os
import re
import subprocess
from pathlib import Path

import duckdb

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.agreement.tables import write_tables
from orchestration.lib.ingestion.ledger import create_ledger, shape_raw_table
from orchestration.lib.privacy import write_privacy
from orchestration.lib.sources import SourceTable
from tests.systems import assembled


def test_an_empty_company_and_all_unit_tests(tables: list[SourceTable], tmp_path: Path) -> None:
    place = settings.Settings(settings.DEMO_COMPANY, tmp_path)
    with duckdb.connect(place.warehouse) as connection:
        create_ledger(connection)
        for table in tables:
            shape_raw_table(connection, table)
        write_tables(connection, read_agreements(place.company / "agreements"))
        write_privacy(connection, "hash", "a key")
    command = [settings.dbt_executable(), "build", "--exclude-resource-type", "test"]
    result = subprocess.run(
        [*command, "--target-path", str(place.dbt_target), "--log-path", str(place.logs)],
        cwd=assembled(place),
        env=os.environ | place.environment(),
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout
    unit_tests = re.search(r"(\d+) unit tests", result.stdout)
    assert unit_tests
    assert int(unit_tests[1]) >= 30
