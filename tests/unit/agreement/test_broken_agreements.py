"""Whatever is wrong with an agreement, it is refused with file, line, field and remedy; nothing else ever happens."""

import re
from pathlib import Path
from typing import Any

import pytest

from orchestration.lib.agreement.reading import AgreementError, read_agreement, read_agreements
from tests.unit.agreement import broken
from tests.unit.agreement.broken import rule_of
from tests.unit.agreement.contradictions import contradictory
from tests.unit.agreement.edited import base, places, without, write

REMEDY = re.compile(r"[;:] (?:set|give|add|write|remove|correct|leave|save)\b[^;]*$")
pytestmark = pytest.mark.long
KINDS = [broken.missing, broken.misspelt, broken.mistyped, broken.out_of_range, broken.twice]
# These are at each of all fields, in several ways: a minute each. `make test-all` takes every fourth.
MANY = (broken.misspelt, broken.mistyped)
FOURTH = [pytest.param(kind, 4, marks=pytest.mark.slow) for kind in MANY]
ALL = [pytest.param(kind, 1, marks=pytest.mark.campaign if kind in MANY else ()) for kind in [*KINDS, contradictory]]
# Optional, but something else in the demo agreement asks for it; or one of two must be there.
ASKED_FOR = {("personas",), ("scoring",), ("handoff",), ("notifications", "key_touches")}
ASKED_FOR |= {("notifications", "grade_rises_to")}
ASKED_FOR |= {("revenue_streams", stream, "closes_within") for stream in ("small_business", "enterprise")}
ONE_OF_TWO = {"applies_to", "measured", "agreed", "owner_team", "counts", "until", "after", "unanswered_after", "then"}
ONE_OF_TWO |= {"abandon_after"}
MEASURED = {
    ("at_least",),
    ("at_most",),
    ("requires",),
    ("within",),
}  # of a measure: what it asks for depends on what is measured


def complaints(path: Path, text: str | bytes) -> list[str]:
    """The messages about a version; each line has the file, a line and a remedy."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(AgreementError) as caught:
        read_agreement(path)
    lines = str(caught.value).splitlines()
    for line in lines:
        assert re.match(rf"{re.escape(str(path))} line \d+: ", line), line
        assert REMEDY.search(line), line
    return lines


@pytest.mark.parametrize(("kind", "step"), [*FOURTH, *ALL])
def test_what_is_broken_is_refused_with_line_field_and_remedy(kind: Any, step: int, tmp_path: Path) -> None:
    path = tmp_path / "2025-10.yml"
    accepted, elsewhere = [], []
    for each in list(kind())[::step]:
        try:
            lines = complaints(path, each.text)
        except pytest.fail.Exception:
            accepted.append(each.name)
            continue
        if not any(line.startswith(f"{path} line {each.line}: {each.field}") for line in lines):
            elsewhere.append((each.name, each.line, each.field, lines))
    assert accepted == []
    assert elsewhere == []


def test_there_are_more_than_three_hundred_of_them() -> None:
    texts = {each.text for kind in [*KINDS, contradictory] for each in kind()}
    assert len(texts - {write(base())}) == len(texts) >= 300


def test_before_it_is_broken_it_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "2025-10.yml"
    path.write_text(write(base()))
    assert read_agreement(path).version == "2025-10"


def test_an_optional_field_may_be_omitted(tmp_path: Path) -> None:
    path, refused = tmp_path / "2025-10.yml", set()
    optional = [place for place, _ in places(base()) if rule_of(place)[1:] == (True, False)]
    assert len(optional) > 30
    for location in optional:
        path.write_text(write(without(location)))
        try:
            read_agreement(path)
        except AgreementError:
            refused.add(location)
    within = (("when",), ("applies_to",))
    conditions = [each for each in optional if each[-2:-1] in within or each[-3:-2] == ("key_touches",)]
    alone = {place for place in conditions if [each[:-1] for each in conditions].count(place[:-1]) == 1}
    measured = {place for place in optional if place[0] == "commitments" and place[2:] in MEASURED}
    assert len(measured) == 9
    assert refused == ASKED_FOR | alone | measured | {place for place in optional if place[-1] in ONE_OF_TWO}


@pytest.mark.parametrize("starts", ["2025-10-01", "2025-12-01", "2026-03-01"])
@pytest.mark.parametrize("ends", ["2025-11-15", "2025-12-31", "2026-01-02"])
def test_versions_that_overlap_or_leave_a_gap(tmp_path: Path, starts: str, ends: str) -> None:
    first = write(without(("reviews",)) | {"effective_to": ends})
    second = write(without(("reviews",)) | {"version": "b", "effective_from": starts})
    (tmp_path / "a.yml").write_text(first)
    (tmp_path / "b.yml").write_text(second)
    with pytest.raises(AgreementError) as caught:
        read_agreements(tmp_path)
    (message,) = str(caught.value).splitlines()
    assert REMEDY.search(message)
    file, field = ("b.yml", "effective_from") if starts == "2025-10-01" else ("a.yml", "effective_to")
    lines = (first if file == "a.yml" else second).splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith(field))
    assert message.startswith(f"{tmp_path / file} line {line}: {field} ")
