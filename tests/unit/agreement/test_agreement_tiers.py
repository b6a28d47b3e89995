"""Tiers of a commitment: what a version with them lays out, and every way in which they can be wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.lib.agreement import commitment_contract as contract
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import read_agreement
from orchestration.lib.agreement.rows import agreement_rows
from orchestration.lib.comparison.clauses import Clause, differing_clauses
from tests.unit.agreement.edited import MARK, base, write
from tests.unit.agreement.test_broken_agreements import complaints

CLOCK, CADENCE = "accept", "keep_trying"
FORM, LAST = {"applies_to": {"lead_type": ["website_form"]}}, {"name": "others"}
BIG = {"applies_to": {"revenue_stream": ["enterprise"]}}


def of(**applies_to: Any) -> dict[str, Any]:
    return {"applies_to": applies_to}


# A commitment, its tiers, the field that the message names below `tiers`, and words of it.
WRONG: list[tuple[str, Any, tuple[str | int, ...], str]] = [
    # Not a list of tiers.
    (CLOCK, [], (), "at least 2"),
    (CLOCK, [LAST], (), "at least 2"),
    (CLOCK, {"quotes": FORM}, (), "valid list"),
    (CLOCK, "quotes", (), "valid list"),
    (CLOCK, ["quotes", "others"], (0,), "fields with their values"),
    (CLOCK, [FORM, None], (1,), "fields with their values"),
    # The last one alone has no condition.
    (CLOCK, [FORM, BIG], (1, "applies_to"), "last tier covers all other leads"),
    (CADENCE, [FORM, BIG], (1, "applies_to"), "last tier covers all other leads"),
    (CLOCK, [LAST, {"name": "rest"}], (0,), "no condition"),
    (CLOCK, [FORM, {"within": "2h"}, LAST], (1,), "no condition"),
    (CLOCK, [LAST, FORM], (0,), "no condition"),
    (CLOCK, [of(), LAST], (0, "applies_to"), "no condition is given"),
    (CLOCK, [{"applies_to": None}, LAST], (0,), "no condition"),
    (CLOCK, [of(lead_type=None), LAST], (0, "applies_to"), "no condition is given"),
    (CLOCK, [{"applies_to": ["website_form"]}, LAST], (0, "applies_to"), "fields with their values"),
    # Words that the agreement does not have.
    (CLOCK, [of(lead_type=["trade_show"]), LAST], (0, "applies_to", "lead_type", 0), "'trade_show'"),
    (CADENCE, [of(lead_type=["website_form", "fair"]), LAST], (0, "applies_to", "lead_type", 1), "'fair'"),
    (CLOCK, [of(revenue_stream=["public"]), LAST], (0, "applies_to", "revenue_stream", 0), "'public'"),
    (CLOCK, [of(persona=["chief"]), LAST], (0, "applies_to", "persona", 0), "'chief'"),
    (CLOCK, [FORM, of(persona=["buyer", "unknown"]), LAST], (1, "applies_to", "persona", 1), "'unknown'"),
    (CLOCK, [of(grade=["A4"]), LAST], (0, "applies_to", "grade", 0), "'A1', 'A2'"),
    (CLOCK, [of(grade=["a1"]), LAST], (0, "applies_to", "grade", 0), "'A1', 'A2'"),
    (CLOCK, [FORM | {"calendar": "rome_office"}, LAST], (0, "calendar"), "'rome_office'"),
    (CLOCK, [FORM, LAST | {"calendar": "rome_office"}], (1, "calendar"), "'rome_office'"),
    (CLOCK, [of(source=["Paid *"]), LAST], (0, "applies_to", "source"), "is a pattern"),
    (CLOCK, [of(source=["unknown"]), LAST], (0, "applies_to", "source"), "unknown source"),
    (CLOCK, [of(source=["  "]), LAST], (0, "applies_to", "source", 0), "form of this field"),
    # Empty or of another type.
    (CLOCK, [of(lead_type=[]), LAST], (0, "applies_to", "lead_type"), "at least 1"),
    (CLOCK, [of(revenue_stream=[]), LAST], (0, "applies_to", "revenue_stream"), "at least 1"),
    (CLOCK, [of(source=[]), LAST], (0, "applies_to", "source"), "at least 1"),
    (CLOCK, [of(persona=[]), LAST], (0, "applies_to", "persona"), "at least 1"),
    (CLOCK, [of(grade=[]), LAST], (0, "applies_to", "grade"), "at least 1"),
    (CLOCK, [of(lead_type="website_form"), LAST], (0, "applies_to", "lead_type"), "valid list"),
    (CLOCK, [of(score_at_least=0), LAST], (0, "applies_to", "score_at_least"), "greater than 0"),
    (CLOCK, [of(score_at_least=101), LAST], (0, "applies_to", "score_at_least"), "less than or equal to 100"),
    (CLOCK, [of(score_at_least="A1"), LAST], (0, "applies_to", "score_at_least"), "valid number"),
    (CLOCK, [of(country=["Italy"]), LAST], (0, "applies_to", "country"), "found 'country'"),
    (CLOCK, [of(channel=["Paid Search"]), LAST], (0, "applies_to", "channel"), "found 'channel'"),
    # Its own terms.
    (CLOCK, [FORM | {"within": "15"}, LAST], (0, "within"), "form of this field"),
    (CLOCK, [FORM | {"within": "0m"}, LAST], (0, "within"), "form of this field"),
    (CLOCK, [FORM | {"clock": "wall"}, LAST], (0, "clock"), "'wall'"),
    (CLOCK, [FORM | {"target_rate": 90}, LAST], (0, "target_rate"), "less than or equal to 1"),
    (CLOCK, [FORM, LAST | {"target_rate": 0}], (1, "target_rate"), "greater than 0"),
    (CLOCK, [FORM | {"attempts": {"2w": 3}}, LAST], (0, "attempts"), "found 'attempts'"),
    (CLOCK, [FORM | {"until": "sql"}, LAST], (0, "until"), "found 'until'"),
    (CADENCE, [FORM | {"within": "2d"}, LAST], (0, "within"), "found 'within'"),
    (CADENCE, [FORM | {"calendar": "milan_office"}, LAST], (0, "calendar"), "found 'calendar'"),
    (CADENCE, [FORM | {"attempts": {}}, LAST], (0, "attempts"), "at least 1"),
    (CADENCE, [FORM | {"attempts": {"4w": 3, "2w": 5}}, LAST], (0, "attempts"), "both grow"),
    (CADENCE, [FORM | {"attempts": {"a month": 3}}, LAST], (0, "attempts"), "not a time"),
    # Names.
    (CLOCK, [FORM | {"name": "quotes"}, BIG | {"name": "Quotes"}, LAST], (1, "name"), "tier 1 is named 'Quotes' too"),
    (CLOCK, [FORM | {"name": "tier 2"}, BIG, LAST], (1,), "tier 1 is named 'tier 2' too"),
    (CLOCK, [FORM | {"name": ""}, LAST], (0, "name"), "form of this field"),
    (CLOCK, [FORM | {"name": "quotes (big)"}, LAST], (0, "name"), "form of this field"),
    (CLOCK, [FORM | {"name": "q" * 41}, LAST], (0, "name"), "form of this field"),
    # Never reached.
    (CLOCK, [FORM, FORM, LAST], (1,), "in an earlier tier already"),
    (CLOCK, [FORM, of(lead_type=["website_form"], persona=["buyer"]), LAST], (1,), "in an earlier tier already"),
    (CLOCK, [FORM, of(lead_type=["website_form"], score_at_least=60), LAST], (1,), "in an earlier tier already"),
    (CLOCK, [of(score_at_least=40), BIG, of(score_at_least=60), LAST], (2,), "in an earlier tier already"),
    (CLOCK, [of(source=["Paid Search"]), of(source=["paid search "]), LAST], (1,), "in an earlier tier already"),
    (CADENCE, [of(grade=["A1", "A2"]), of(grade=["A2"]), LAST], (1,), "in an earlier tier already"),
    (CLOCK, [of(grade=["A1"]), of(grade=["B1"]), of(grade=["B1", "A1"]), LAST], (2,), "in an earlier tier already"),
]


def with_tiers(commitment: str, tiers: Any) -> dict[str, Any]:
    content = base()
    content["commitments"][commitment]["tiers"] = json.loads(json.dumps(tiers))  # no YAML anchors
    return content


def line_of(commitment: str, tiers: Any, place: tuple[str | int, ...]) -> int:
    """The line in which a mark is written in the place of the field."""
    content: Any = with_tiers(commitment, tiers)
    parent = content["commitments"][commitment]
    for key in ("tiers", *place)[:-1]:
        parent = parent[key]
    parent[("tiers", *place)[-1]] = MARK
    return next(number for number, line in enumerate(write(content).splitlines(), 1) if MARK in line)


@pytest.mark.parametrize(("commitment", "tiers", "place", "words"), WRONG)
def test_wrong_tiers_are_refused_with_line_field_and_remedy(
    commitment: str, tiers: Any, place: tuple[str | int, ...], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "2025-10.yml"
    lines = complaints(path, write(with_tiers(commitment, tiers)))
    field = ".".join(map(str, ("commitments", commitment, "tiers", *place)))
    (line,) = [line for line in lines if f": {field}: " in line]
    # An empty list or block is written in the line of its field, as everything else begins there or below.
    assert line.startswith(f"{path} line {line_of(commitment, tiers, place)}: "), lines
    assert words in line


def test_a_condition_on_the_score_needs_scoring(tmp_path: Path) -> None:
    for applies_to, field in (({"grade": ["A1"]}, "grade"), ({"score_at_least": 60}, "score_at_least")):
        content = with_tiers(CLOCK, [{"applies_to": applies_to}, LAST])
        del content["scoring"], content["commitments"][CADENCE]["tiers"], content["stages"]["mql"]["criteria"]
        (line,) = complaints(tmp_path / "2025-10.yml", write(content))
        assert f"commitments.accept.tiers.0.applies_to.{field}: it asks for a score, but there is no scoring" in line


def test_a_lead_type_must_be_one_of_the_named_streams(tmp_path: Path) -> None:
    content = with_tiers(CLOCK, [of(revenue_stream=["enterprise"], lead_type=["only_small"]), LAST])
    small = content["revenue_streams"]["small_business"]["lead_types"]
    small["only_small"] = small.pop("website_form")
    content["commitments"][CADENCE].pop("tiers")
    lines = complaints(tmp_path / "2025-10.yml", write(content))
    assert any(
        "lead_type.0: it names 'only_small', which is not under the lead_types of enterprise" in x for x in lines
    )


@pytest.mark.parametrize("kind", ["lead_value", "win_rate"])
def test_only_clocks_and_cadences_have_tiers(kind: str, tmp_path: Path) -> None:
    lines = complaints(tmp_path / "2025-10.yml", write(with_tiers(kind, [FORM, LAST])))
    assert any(f"commitments.{kind}.tiers: " in line for line in lines)


def read(tmp_path: Path, content: dict[str, Any], name: str = "2025-10.yml") -> Agreement:
    (tmp_path / name).write_text(write(content))
    return read_agreement(tmp_path / name)


def test_a_tier_takes_from_its_commitment_what_it_does_not_state(tmp_path: Path) -> None:
    """`accept`: 2d business in Milan, 0.8; `keep_trying`: 3 in 2w, 5 in 4w, 7 in 8w, 0.8."""
    quotes = of(source=[" Paid Search", "Event"], score_at_least=60.5) | {"within": "15m", "target_rate": 0.95}
    content = with_tiers(CLOCK, [quotes | {"name": "quotes"}, of(grade=["A1"]) | {"clock": "calendar"}, {}])
    content["commitments"][CADENCE]["tiers"] = [of(persona=["buyer"]) | {"attempts": {"1w": 4}}, LAST]
    rows = agreement_rows([read(tmp_path, content)])
    terms = {
        (each.commitment, each.tier_number): (
            *(each.tier, each.tier_conditions, each.within_minutes, each.clock_type, each.calendar, each.target_rate),
        )
        for each in rows["commitments"]
        if isinstance(each, contract.Commitment) and each.kind in ("clock", "cadence")
    }
    assert {key: value for key, value in terms.items() if key[0] in (CLOCK, CADENCE)} == {
        (CLOCK, 1): ("quotes", 2, 15, "business", "milan_office", 0.95),
        (CLOCK, 2): ("tier 2", 1, 2880, "calendar", "milan_office", 0.8),
        (CLOCK, 3): ("tier 3", 0, 2880, "business", "milan_office", 0.8),
        (CADENCE, 1): ("tier 1", 1, None, None, None, 0.8),
        (CADENCE, 2): ("others", 0, None, None, None, 0.8),
    }
    assert all(place is None and value[:2] == (None, 0) for (name, place), value in terms.items() if "first" in name)
    assert [tuple(vars(each).values())[1:] for each in rows["commitment_conditions"]] == [
        (CADENCE, 1, "persona", "buyer", None),
        (CLOCK, 1, "source", "paid search", None),
        (CLOCK, 1, "source", "event", None),
        (CLOCK, 1, "score_at_least", None, 60.5),
        (CLOCK, 2, "grade", "A1", None),
    ]
    steps = [tuple(vars(each).values())[1:] for each in rows["commitment_steps"]]
    assert [step for step in steps if step[0] == CADENCE] == [
        (CADENCE, "4 in 1w", 10080, 4, 1),
        (CADENCE, "next in 5d", 7200, None, 1),
        (CADENCE, "3 in 2w", 20160, 3, 2),
        (CADENCE, "5 in 4w", 40320, 5, 2),
        (CADENCE, "7 in 8w", 80640, 7, 2),
        (CADENCE, "next in 5d", 7200, None, 2),
    ]
    activities = [each for each in rows["commitment_activities"] if each.commitment == CADENCE]  # type: ignore[attr-defined]
    assert len(activities) == 2


def test_tiers_are_sealed_and_compared_clause_by_clause(tmp_path: Path) -> None:
    first = read(tmp_path, with_tiers(CLOCK, [FORM | {"within": "4h"}, LAST]), "a.yml")
    second = read(tmp_path, with_tiers(CLOCK, [FORM | {"within": "1h"}, BIG, LAST]), "b.yml")
    assert first.seal != second.seal
    assert differing_clauses(first, second) == [
        Clause("commitments.accept.tiers.1.within", "4h", "1h"),
        Clause("commitments.accept.tiers.2.name", "others", None),
        Clause("commitments.accept.tiers.2.applies_to.revenue_stream", None, "enterprise"),
        Clause("commitments.accept.tiers.3.name", None, "others"),
    ]
