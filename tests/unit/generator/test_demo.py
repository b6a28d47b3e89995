"""The demo company's files: they are what the generator makes, whole, small and each record once.

Their content is tested by test_demo_story.py; how ingestion and staging read them is tested by their own tests.
"""

import csv
import re
from pathlib import Path

import pytest

from seeds.generator import company, generate
from seeds.generator.files import sheets

EXPORTS = Path(__file__).parents[3] / "seeds" / "exports"
SHEETS = sheets()
KEYS = {
    "hubspot": "Record ID",
    "salesforce": "Id",
    "billing": "id",
    "documents": "Document ID",
    "surveys": "Response ID",
}


@pytest.mark.long
def test_the_committed_files_are_the_generated_ones(tmp_path: Path) -> None:
    generate(tmp_path)
    committed = sorted(path.relative_to(EXPORTS) for path in EXPORTS.rglob("*.*"))
    assert committed == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    for path in committed:
        assert (EXPORTS / path).read_bytes() == (tmp_path / path).read_bytes(), f"{path}: regenerate seeds/exports"


@pytest.mark.long
def test_another_seed_is_another_year(tmp_path: Path) -> None:
    generate(tmp_path, seed=1)
    assert (tmp_path / "hubspot/deals.csv").read_bytes() != (EXPORTS / "hubspot/deals.csv").read_bytes()


def test_the_files_stay_small() -> None:
    assert sum(path.stat().st_size for path in EXPORTS.rglob("*.*")) < 8_000_000


@pytest.mark.parametrize(
    "path", [path for path in SHEETS if path.split("/")[0] in KEYS and "report" not in path.lower()]
)
def test_ids_are_unique(path: str) -> None:
    label = next(label for label in (KEYS[path.split("/")[0]], SHEETS[path].header[0]) if label in SHEETS[path].header)
    ids = [row[label] for row in SHEETS[path].rows]
    assert all(ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", SHEETS)
def test_all_addresses_are_reserved_examples(path: str) -> None:
    addresses = {cell for row in SHEETS[path].rows for cell in row.values() if "@" in cell}
    assert [one for one in addresses if not re.fullmatch(r"[\w.-]+@[\w.-]*example\.(com|net|org)", one, re.I)] == []


def test_who_is_on_leave_is_who_the_reference_file_names() -> None:
    with (EXPORTS.parent / "reference" / "absences.csv").open(newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    assert rows == [(name, str(first), str(last), cover) for name, first, last, cover in company.LEAVES]
