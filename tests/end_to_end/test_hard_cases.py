"""Every edge case that seeds/README.md lists, looked up in the published copy of the demo company."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from tests.end_to_end.conftest import PROJECT, Built

CASES = yaml.safe_load((Path(__file__).parent / "hard_cases.yml").read_text())


def listed() -> list[str]:
    """The cases of the table in seeds/README.md, in its order."""
    page = (PROJECT / "seeds" / "README.md").read_text()
    return re.findall(r"^\| `([a-z0-9_.]+)` \|", page.partition("## Edge cases")[2], re.MULTILINE)


def test_the_cases_that_are_listed_are_those_looked_up() -> None:
    assert listed() == list(CASES)


def printed(value: object) -> object:
    """A value as the list of cases has it; an amount with its cents, and with more decimals where it has them."""
    if isinstance(value, Decimal):
        cents = round(value, 2)
        return str(cents if cents == value else value)
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


@pytest.mark.end_to_end
@pytest.mark.parametrize("case", CASES)
def test_what_became_of(demo: Built, case: str) -> None:
    rows = demo.query(CASES[case]["query"])
    found = [[printed(value) for value in row] for row in rows]
    assert found == CASES[case]["rows"]
