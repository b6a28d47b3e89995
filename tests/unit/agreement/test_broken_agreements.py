"""Whatever is wrong with an agreement, it is refused with file, line, field and remedy; nothing else ever happens."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestration.lib.agreement.reading import AgreementError, read_agreement, read_agreements
from tests.unit.agreement import broken
from tests.unit.agreement.broken import Broken, Location, base, changed, line_of, places, rule_of, without, write

REMEDY = re.compile(r"[;:] (?:set|give|add|write|remove|correct|leave|save)\b[^;]*$")
pytestmark = pytest.mark.long
KINDS = [broken.missing, broken.misspelt, broken.mistyped, broken.out_of_range, broken.twice]
SLOW = dict.fromkeys((broken.misspelt, broken.mistyped), pytest.mark.slow)  # at each of all fields, in several ways
S = ("revenue_streams", "small_business")
FORM = (*S, "lead_types", "website_form")
CLOCK = ("commitments", "first_contact")
WEEKLY = ("commitments", "weekly_calls")
OFFICE = ("calendars", "milan_office")
FIT = ("scoring", "fit", "rules")
# A field, its new value, and the field that the message names (None: the same).
CONTRADICTIONS: list[tuple[Location, Any, Location | None]] = [
    (("effective_to",), "2025-09-30", None),
    (("effective_to",), "2025-10-01", None),
    (("effective_from",), "2025-02-29", None),
    (("effective_from",), "01.10.2025", None),
    (("effective_from",), "2025-10-01 00:00:00", None),
    (("reviews", "next"), "2025-10-01", None),
    (("version",), "../2025", None),
    (("version",), "", None),
    (("company", "name"), "  ", None),
    (("company", "currency"), "euro", None),
    (("company", "time_zone"), "Rome", None),
    (("company", "growth"), "fast", None),
    (("company", "fiscal_year_starts"), "jan", None),
    (("personas", "buyer", "titles"), [], None),
    (("stages", "sal", "criteria", "after"), ["sal"], None),
    (("stages", "sal", "criteria", "after"), ["hot"], ("stages", "sal", "criteria", "after", 0)),
    (("stages", "sal", "criteria"), {}, None),
    (("stages", "sal", "criteria"), {"except_lead_types": ["event"]}, None),
    (("stages", "sal", "decided_by"), "rule", ("stages", "sal")),
    (("stages", "sql", "criteria", "except_lead_types"), ["outbound"], None),
    (("scoring", "fit", "weight"), 0.6, ("scoring",)),
    (("scoring", "grades", "A"), 30, ("scoring", "grades")),
    (("scoring", "grades", "2"), 60, ("scoring", "grades")),
    ((*FIT, "home_market", "when"), {}, None),
    ((*FIT, "who_decides", "when", "persona"), ["chief"], None),
    ((*FIT, "right_size", "when", "employees"), {}, None),
    ((*FIT, "right_size", "when", "employees"), {"from": 500, "to": 20}, None),
    ((*FIT, "right_size", "when", "employees", "from"), 501, (*FIT, "right_size", "when", "employees")),
    ((*S, "quota", "per"), "week", None),
    ((*S, "deal_size"), 1e-14, S),
    ((*S, "share_from_marketing"), 0.9, S),
    ((*FORM, "share_of_quota"), 0.7, S),
    ((*FORM, "rates"), {}, None),
    ((*FORM, "rates"), {"mql_to_sql": 0.3}, None),
    ((*FORM, "rates"), {"mql_to_sal": 0.3, "sql_to_customer": 0.3}, None),
    ((*FORM, "rates"), {"sql_to_mql": 0.3, "mql_to_customer": 0.3}, None),
    ((*FORM, "rates"), {"hot_to_customer": 0.3}, None),
    ((*FORM, "rates", "mql_to_sql"), {"assumed": 0.3, "measured": 0.3}, None),
    ((*FORM, "rates", "mql_to_sql"), {"agreed": 0.3, "owner_team": "sales"}, None),
    ((*FORM, "rates", "mql_to_sql"), {"measured": 0.3, "agreed": 0.4}, None),
    ((*FORM, "rates", "mql_to_sql"), {"measured": 0.3, "agreed": 0.2, "owner_team": "sales"}, None),
    ((*FORM, "rates", "mql_to_sql"), None, None),
    ((*S, "closes_within"), {"30d": 0.5, "20d": 1.0}, None),
    ((*S, "closes_within"), {"30d": 0.5, "60d": 0.4, "90d": 1.0}, None),
    ((*S, "closes_within"), {"30d": 0.5, "60d": 0.9}, None),
    ((*S, "closes_within"), {"a month": 1.0}, None),
    ((*S, "closes_within"), {}, None),
    ((*S, "lead_types"), {}, None),
    (("revenue_streams",), {}, None),
    ((*OFFICE, "time_zone"), "CEST!", None),
    ((*OFFICE, "hours"), {}, None),
    ((*OFFICE, "hours", "monday"), ["13:00-09:00"], (*OFFICE, "hours")),
    ((*OFFICE, "hours", "monday"), ["09:00-13:00", "12:00-18:00"], (*OFFICE, "hours")),
    ((*OFFICE, "hours", "monday"), ["09:10-13:00"], (*OFFICE, "hours")),
    ((*OFFICE, "hours", "monday"), ["09:00-24:15"], (*OFFICE, "hours")),
    ((*OFFICE, "hours", "monday"), ["9-13"], (*OFFICE, "hours")),
    ((*OFFICE, "holidays"), ["2026-02-30"], (*OFFICE, "holidays", 0)),
    ((*OFFICE, "holidays"), ["Christmas"], (*OFFICE, "holidays", 0)),
    ((*CLOCK, "calendar"), "rome_office", None),
    (("commitments", "lead_value", "calendar"), "rome_office", None),
    ((*CLOCK, "team"), "support", None),
    ((*CLOCK, "starts_at"), "hot", None),
    ((*CLOCK, "within"), "24", None),
    ((*CLOCK, "within"), "0h", None),
    ((*CLOCK, "clock"), "wall", None),
    ((*CLOCK, "counts"), [], None),
    ((*CLOCK, "counts"), ["phone"], (*CLOCK, "counts", 0)),
    ((*CLOCK, "excused_by"), ["mql"], (*CLOCK, "excused_by", 0)),
    ((*CLOCK, "until"), "sal", CLOCK),
    ((*CLOCK, "kind"), "timer", None),
    ((*CLOCK, "target_rate"), 0, None),
    (("commitments", "accept", "until"), "mql", None),
    (("commitments", "lead_value", "per"), "quarter", None),
    (("commitments", "keep_trying", "attempts"), {}, None),
    (("commitments", "keep_trying", "attempts"), {"2w": 3, "4w": 3}, None),
    (("commitments", "keep_trying", "attempts"), {"4w": 3, "2w": 5}, None),
    (("commitments", "keep_trying", "attempts"), {"2 weeks": 3}, None),
    (("commitments", "keep_trying", "stopped_by"), ["silence"], ("commitments", "keep_trying", "stopped_by", 0)),
    (("commitments", "win_rate", "measures"), "hit_rate", None),
    (("commitments", "win_rate", "measures"), "sales_cycle_days", ("commitments", "win_rate")),
    (("commitments", "win_rate", "measures"), "data_completeness", ("commitments", "win_rate")),
    (("commitments", "win_rate", "per"), "day", None),
    (("commitments", "sales_cycle", "at_most"), 0, None),
    (("commitments", "complete_leads", "requires"), ["email"], ("commitments", "complete_leads", "requires", 0)),
    ((*WEEKLY, "at_least"), 1.5, WEEKLY),
    ((*WEEKLY, "at_most"), 3, WEEKLY),
    ((*WEEKLY, "least_cases"), 5, WEEKLY),
    ((*WEEKLY, "requires"), ["owner"], WEEKLY),
    ((*WEEKLY, "team"), "marketing", WEEKLY),
    ((*WEEKLY, "measures"), "leads_decided", WEEKLY),
    ((*WEEKLY, "measures"), "win_rate", WEEKLY),
    ((*WEEKLY, "per"), "day", None),
    ((*WEEKLY, "name"), "Calls (weekly)", None),
    ((*WEEKLY, "name"), "First contact", None),
    (("commitments", "accept", "absence"), "pauses", None),
    (("commitments", "accept", "team"), "marketing", ("commitments", "accept")),
    (("commitments", "lead_value", "absence"), "covered_by", None),
    (("handoff", "accepted"), "yes", None),
    (("handoff", "reasons", "clerical"), ["Duplicate"], ("handoff",)),
    (("recycling", "counts_again"), "sometimes", None),
    (("recycling", "abandon_after"), "60", None),
    (("recycling", "abandon_after"), "0d", None),
    (("recycling", "abandoned"), "archive", None),
    (("closing", "after"), "5", None),
    (("tolerance",), 1, None),
    (("guards", "unknown_source", "if_broken"), "stop", None),
    (("signatures", 0, "role"), "finance", None),
    (("signatures", 0, "seal"), "abc", None),
    (
        ("signatures",),
        [{"name": name, "role": "sales", "date": "2026-01-01"} for name in ("Ada", "Bea")],
        ("signatures", 1, "role"),
    ),
    (
        ("signatures",),
        [{"name": "Ada", "role": role, "date": "2026-01-01"} for role in ("sales", "marketing")],
        ("signatures", 1, "name"),
    ),
]
# Optional, but something else in the demo agreement asks for it; or one of two must be there.
ASKED_FOR = {("personas",), ("scoring",), ("handoff",)}
ONE_OF_TWO = {"applies_to", "measured", "agreed", "owner_team", "counts", "until", "after", "unanswered_after", "then"}
ONE_OF_TWO |= {"abandon_after"}
MEASURED = {("at_least",), ("at_most",), ("requires",)}  # of a measure: what it asks for depends on what is measured


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


def contradictory() -> Iterator[Broken]:
    for location, value, named in CONTRADICTIONS:
        content = changed(location, value)
        # The line is that of the field in the changed text: of an item, that of the list and as many below.
        where = named or location
        below = len(where) - len(location) if where[: len(location)] == location else 0
        if where[:1] == ("signatures",) and len(where) == 3 and len(location) == 1:
            lines = write(content).splitlines()
            line = [i for i, each in enumerate(lines, 1) if each.lstrip("- ").startswith(f"{where[2]}: ")][-1]
        else:
            line = line_of(location) + below if below > 0 else line_of(where)
        field = ".".join(map(str, where))
        yield Broken(f"{'.'.join(map(str, location))} = {value!r}"[:90], write(content), line, field)


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=SLOW.get(kind, ())) for kind in [*KINDS, contradictory]])
def test_what_is_broken_is_refused_with_line_field_and_remedy(kind: Any, tmp_path: Path) -> None:
    path = tmp_path / "2025-10.yml"
    accepted, elsewhere = [], []
    for each in kind():
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
    conditions = [place for place in optional if place[-2:-1] in (("when",), ("applies_to",))]
    alone = {place for place in conditions if [each[:-1] for each in conditions].count(place[:-1]) == 1}
    measured = {place for place in optional if place[0] == "commitments" and place[2:] in MEASURED}
    assert len(measured) == 7
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
