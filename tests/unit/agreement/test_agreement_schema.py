"""The published JSON Schema and the page of the agreement equal the model."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from orchestration.lib.agreement.schema import agreement_schema, schema_text
from orchestration.lib.agreement.yaml_document import read_written

PROJECT = Path(__file__).resolve().parents[3]
DOCS = PROJECT / "docs"
DEMO = PROJECT / "seeds" / "agreements" / "2025-10.yml"
VERSIONS = [*sorted(DEMO.parent.glob("*.yml")), *sorted((PROJECT / "examples").glob("*/agreements/*.yml"))]
VALIDATOR = Draft202012Validator(agreement_schema(), format_checker=FormatChecker())

Write = Callable[..., Path]


def fields() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Part, name and schema of every field."""
    schema = agreement_schema()
    for part, its in {"": schema, **schema["$defs"]}.items():
        for form in its.get("anyOf", [its]):
            for name, field in form.get("properties", {}).items():
                yield part, name, field


def test_what_is_published_is_up_to_date() -> None:
    assert (DOCS / "agreement.schema.json").read_text() == schema_text(), (
        "write it again: python -m orchestration.lib.agreement.schema > docs/agreement.schema.json"
    )


def test_it_is_a_schema_and_describes_every_field() -> None:
    Draft202012Validator.check_schema(agreement_schema())
    silent = [(part, name) for part, name, field in fields() if "description" not in field and "$ref" not in field]
    assert silent == []


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.parents[1].name)
def test_the_agreements_of_this_project_follow_it(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(read_written(path).content)] == []


def test_the_small_one_of_the_tests_follows_it(write: Write, valid: str) -> None:
    assert VALIDATOR.is_valid(read_written(write(valid)).content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tolerance: 0.1\n", ""),
        ("tolerance:", "tolerence:"),
        ("deal_size: 100", "deal_size: much"),
        ("deal_size: 100", "deal_size: 0"),
        ("mql_to_customer: 0.25", "mql_to_customer: 25"),
        ("mql_to_customer: 0.25", "mql_to_customer: {agred: 0.3}"),
        ("mql_to_customer", "hot_to_customer"),
        ("time_zone: Europe/Rome, growth: high", "time_zone: Europe/Rome, growth: fast"),
        ("effective_from: 2026-01-01", "effective_from: 2026-02-30"),
        ('"14:00-18:00"', '"2 to 6 pm"'),
        ("monday:", "moonday:"),
        ("within: 24h", "within: 1 day"),
        ("counts: [call]", "counts: [phone]"),
        ("team: sales", "team: ops"),
        ("  contact:\n", "  First Contact:\n"),
    ],
)
def test_an_editor_sees_the_usual_mistakes(write: Write, valid: str, old: str, new: str) -> None:
    assert valid.count(old) == 1
    assert not VALIDATOR.is_valid(read_written(write(valid.replace(old, new))).content)


def test_the_demo_agreement_names_its_schema_for_the_editor() -> None:
    first = DEMO.read_text().splitlines()[0]
    place = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert place
    assert (DEMO.parent / place[1]).resolve() == DOCS / "agreement.schema.json"


def test_the_page_explains_every_field() -> None:
    page = (DOCS / "agreement.md").read_text()
    words = set(re.findall(r"[A-Za-z_0-9]+", " ".join(re.findall(r"`[^`\n]+`|^## .*$", page, re.MULTILINE))))
    assert {name for _, name, _ in fields()} - words == set()
    guards = agreement_schema()["properties"]["guards"]["propertyNames"]["enum"]
    assert set(guards) - words == set()


def test_the_examples_of_the_page_are_in_the_agreements_of_the_demo() -> None:
    page = (DOCS / "agreement.md").read_text()
    demo = [line for version in DEMO.parent.glob("*.yml") for line in version.read_text().splitlines()]
    blocks = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert len(blocks) >= 10
    assert [line for block in blocks for line in block.splitlines() if line not in demo] == []


def test_a_reader_of_yaml_1_1_sees_the_same_in_the_demo_agreement() -> None:
    """Companies' own scripts read it with whatever they have; only days and the grades' keys differ in type."""
    ours, theirs = read_written(DEMO).content, yaml.safe_load(DEMO.read_text())
    assert str(theirs["effective_from"]) == ours["effective_from"]
    assert theirs["revenue_streams"] == ours["revenue_streams"]
    assert theirs["commitments"] == ours["commitments"]
