"""Every model builds for a company that has no data yet, and every dbt unit test passes there.

The unit tests of the SQL are beside the models, in their YAML; they need the columns of the tables that they replace,
and an empty company has these as well. Engines differ in where nulls sort, so staging models that sort run twice here.
"""

import os
import re
import subprocess

import pytest

from orchestration import settings
from tests.systems import write_empty


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> settings.Settings:
    place = settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("empty"))
    write_empty(place)
    return place


@pytest.fixture(scope="module")
def built(empty: settings.Settings) -> int:
    """All models of that company, and how many unit tests ran beside them."""
    return unit_tests(empty, "build", "--exclude-resource-type", "test")


def test_an_empty_company_and_all_unit_tests(built: int) -> None:
    assert built >= 30


@pytest.mark.campaign
def test_staging_models_that_sort_have_the_same_results_with_nulls_first(built: int, empty: settings.Settings) -> None:
    """Those of all systems; the other models are in test_demo_company.py, with rows."""
    compiled = empty.dbt_target.rglob("compiled/**/staging/**/*.sql")
    sorting = {path.stem for path in compiled if "order by" in path.read_text().lower()}
    selected = ["--select", *sorted(sorting), "--resource-type", "unit_test"]
    assert unit_tests(empty, "test", *selected, "--target", "nulls_first") >= 10


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
