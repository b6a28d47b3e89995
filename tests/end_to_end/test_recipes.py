"""The recipes of CONTRIBUTING.md, followed literally: its blocks, applied to a copy of the project and to a company.

A block is a file whose path is on its first line, a command (`sh`), or lines to add to a file (`diff`): below the line
that is shown, or at the end.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import AGREEMENT
from tests.conventions.markdown import recipe_blocks
from tests.conventions.prose import committed
from tests.end_to_end.conftest import PROJECT, Built

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]
COMPANY = ("systems/", "agreements/", "reference/")
CUSTOMERS = "Customer ID,Email,Joined,Kind\nc1,ann@one.example,2026-01-13 09:00,new\nc2,,2026-02-14 10:00,returning\n"


def followed(text: str, diff: str) -> str:
    """The text with the lines of a diff added."""
    shown = [line[1:] for line in diff.splitlines() if line.startswith(" ")]
    added = "".join(f"{line[1:]}\n" for line in diff.splitlines() if line.startswith("+"))
    if not shown:
        return text + added
    [anchor] = shown
    assert f"{anchor}\n" in text, anchor
    before, _, after = text.partition(f"{anchor}\n")
    return f"{before}{anchor}\n{added}{after}"


class Copy:
    """A copy of the project and a company, with every recipe followed."""

    def __init__(self, folder: Path) -> None:
        self.project, self.company, self.home = folder / "project", folder / "shop", folder / "home"
        for name in committed():
            (self.project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / name, self.project / name)
        for path, text in {"agreements/2026-01.yml": AGREEMENT, "exports/shop/customers.csv": CUSTOMERS}.items():
            (self.company / path).parent.mkdir(parents=True)
            (self.company / path).write_text(text)
        for kind, path, text in recipe_blocks((PROJECT / "CONTRIBUTING.md").read_text()):
            self.follow(kind, path, text)

    def follow(self, kind: str, path: str, text: str) -> None:
        if kind == "sh":
            self.run("bash", "-ec", text)
            return
        file = (self.company if path.startswith(COMPANY) else self.project) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(followed(file.read_text(), text) if kind == "diff" else text)

    def run(self, *command: str | Path) -> str:
        """Run a command in the copy, with this environment's programs and the copy's code."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = os.environ | {"PATH": path, "PYTHONPATH": str(self.project)}
        result = subprocess.run(command, cwd=self.project, env=environment, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("recipes"))


@pytest.fixture(scope="module")
def built(copy: Copy) -> Built:
    run = ("python", "-m", "orchestration.cli", "run", "--company", copy.company, "--home", copy.home)
    return Built(copy.company, copy.home, copy.run(*run))


def test_a_source(built: Built) -> None:
    persons = "select person_id, created_at, source_label from marts.dim_person order by 1"
    assert [(name, f"{at:%H:%M}", source) for name, at, source in built.query(persons)] == [
        ("shop:c1", "08:00", "new"),
        ("shop:c2", "09:00", "returning"),
    ]


def test_a_model(built: Built) -> None:
    assert built.query("from reports.rpt_lead_countries") == [("(missing)", 2, True)]


def test_a_guard(built: Built) -> None:
    guard = (
        "select definition, evaluated_rows, failed_rows from reports.rpt_guard_results where guard = 'lead_countries'"
    )
    assert built.query(guard) == [("no lead without a country", 2, 2)]


def test_a_commitment(built: Built) -> None:
    rows = "select journey_id, target from marts.fct_commitments where commitment = 'first_call' order by 1"
    assert built.query(rows) == [("shop:c1#1", 240), ("shop:c2#1", 240)]
    assert "first call" in (built.site / "index.html").read_text().lower()


def test_the_unit_tests_hold(built: Built, copy: Copy) -> None:
    models = ["rpt_lead_countries", "int_guarded_countries", "int_guarded_rows", "int_guards"]
    copy.run("bash", "-c", f"cd {built.home / 'project'} && dbt test --select {' '.join(models)}")


@pytest.mark.campaign
def test_every_rule_of_the_project_holds(copy: Copy) -> None:
    """A recipe that is followed leaves nothing to be done for the conventions, the formatters and the schema."""
    copy.run(
        "bash", "-c", "git init -q && ruff check -q . && ruff format -q --check . && sqlfmt -q --check dbt_project"
    )
    copy.run(
        "python",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/conventions",
        "tests/unit/agreement/test_agreement_schema.py",
    )
