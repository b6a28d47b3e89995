"""DuckDB and Spark build the same tables of a company: every row of every model, both ways.

Spark is in the environment of `make spark`; it reads the raw tables of the home that the run before has filled.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from orchestration import settings
from tests.end_to_end.conftest import (  # noqa: F401
    Built,
    build,
    copied,
    demo,
    differences,
    dump,
    few,
    smarketing,
)
from tests.end_to_end.few_rows import write_few_rows

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


def test_a_company_that_chooses_spark_publishes_the_same(few: Built, tmp_path: Path) -> None:  # noqa: F811
    company, home = write_few_rows(tmp_path / "company"), tmp_path / "home"
    (company / "company.yml").write_text("engine: spark\n")
    command = [settings.spark_command(), "run", "--company", company, "--home", home]
    environment = os.environ | {"SMARKETING_EMAIL_KEY": "the key of the tests"}
    result = subprocess.run([*map(str, command)], env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert (home / "lake").stat().st_mode & 0o077 == 0
    assert differences(dump(few.copy), dump(home / "published" / "current" / "smarketing.duckdb")) == {}

    # A comparison of versions replays with DuckDB, over views of the lake.
    draft = tmp_path / "strict.yml"
    text = (company / "agreements" / "2025-01.yml").read_text().replace("within: 24h", "within: 1h")
    draft.write_text(text.replace('version: "2025-01"', "version: strict"))
    printed = [
        smarketing("compare", "2025-01", draft, "--period", "2025-03", "--company", each.company, "--home", each.home)
        for each in (copied(few, tmp_path / "duckdb"), Built(company, home, ""))
    ]
    assert "What each team kept" in printed[0].stdout
    assert [each.stdout.rpartition("\n\n")[0] for each in printed] == [printed[0].stdout.rpartition("\n\n")[0]] * 2

    # And back: what were views of the lake are tables again.
    shutil.rmtree(home / "lake")
    (company / "company.yml").unlink()
    build(company, home)
    assert differences(dump(few.copy), dump(home / "published" / "current" / "smarketing.duckdb")) == {}
