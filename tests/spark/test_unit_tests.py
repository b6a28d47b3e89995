"""Every dbt unit test has the same result on Spark: the branches of the SQL, which few companies have rows for."""

import re
import subprocess
from pathlib import Path

import pytest

from orchestration import settings
from tests.command import PROJECT
from tests.spark.servers import PYTHON
from tests.systems import write_empty

pytestmark = pytest.mark.spark


def test_the_dbt_unit_tests_pass_on_spark(tmp_path: Path) -> None:
    write_empty(settings.Settings(settings.DEMO_COMPANY, tmp_path / "home"))
    command = [PYTHON, "-m", "tests.spark.unit_tests", str(tmp_path / "home")]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    found = re.search(r"(\d+) unit tests passed, (\d+) failed", result.stdout)
    assert found, result.stdout + result.stderr
    assert found[2] == "0", result.stdout
    assert int(found[1]) >= 400
