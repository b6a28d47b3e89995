"""`smarketing compare` of the demo company's two versions, against the company rebuilt under each of them alone."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from seeds.signatures import unsigned
from tests import campaign_figures
from tests.end_to_end.conftest import PROJECT, Built, build, smarketing
from tests.end_to_end.rebuilt_figures import rebuilt

# The short form is test_comparison.py, with a smaller company.
pytestmark = [pytest.mark.end_to_end, pytest.mark.campaign]
SEEDS = PROJECT / "seeds"
FIRST, SECOND = "2025-10", "2026-07"


def under(version: str, folder: Path) -> Built:
    """The demo company with that version alone, in force from its first day on."""
    for room in ("exports", "reference"):
        (folder / room).parent.mkdir(parents=True, exist_ok=True)
        (folder / room).symlink_to(SEEDS / room)
    text = unsigned((SEEDS / "agreements" / f"{version}.yml").read_text())
    text = re.sub(r"effective_from: \S+", "effective_from: 2025-10-01", text, count=1)
    (folder / "agreements").mkdir()
    (folder / "agreements" / f"{version}.yml").write_text(text)
    return build(folder, folder.with_name(f"home-{version}"))


def test_every_figure_equals_a_rebuild_under_each_version(
    demo_copy: Built, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    equal = 0
    place = ("--company", demo_copy.company, "--home", demo_copy.home)
    result = smarketing("compare", FIRST, SECOND, "--period", "2026-Q2", *place)
    assert result.returncode == 0, result.stdout + result.stderr
    with (demo_copy.site / "comparisons" / f"{FIRST}-{SECOND}-2026-Q2.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for version, column in ((FIRST, "first_value"), (SECOND, "second_value")):
        reported = {(row["section"], row["subject"], row["figure"]): row[column] for row in rows}
        expected = rebuilt(under(version, tmp_path / version))
        shutil.rmtree(tmp_path / f"home-{version}")
        assert {key: float(value) for key, value in reported.items() if value} == {
            key: pytest.approx(value, rel=1e-6) for key, value in expected.items() if value is not None
        }
        equal += sum(value is not None for value in expected.values())
    campaign_figures.note(request.node.nodeid, "The demo's comparison", {"figures that equal a rebuild": equal})
