"""DuckDB and Spark build the same tables of a company: every row of every model, both ways.

Spark is in the environment of `make spark`; it reads the raw tables of the home that the run before has filled.
"""

import os
import re
import subprocess

import pytest

from orchestration import settings
from tests.end_to_end.conftest import Built, demo, few  # noqa: F401

pytestmark = pytest.mark.spark


def compared(built: Built) -> tuple[int, int]:
    """How many tables are equal, of how many."""
    command = [settings.spark_command(), "spark", "--compare", "--company", built.company, "--home", built.home]
    result = subprocess.run([*map(str, command)], env=os.environ, capture_output=True, text=True)
    found = re.search(r"(\d+) of (\d+) tables are equal", result.stdout)
    assert found, result.stdout + result.stderr
    assert result.returncode == 0, result.stdout
    return int(found[1]), int(found[2])


def test_a_company_of_few_rows(few: Built) -> None:  # noqa: F811
    equal, tables = compared(few)
    assert equal == tables >= 300


def test_the_demo_company(demo: Built) -> None:  # noqa: F811
    equal, tables = compared(demo)
    assert equal == tables >= 300
