"""Whose calendar a business clock runs on: what is refused, and the rows that state it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchestration.lib.agreement.reading import AgreementError, read_agreement
from orchestration.lib.agreement.rows import agreement_rows
from tests.unit.agreement.edited import base, line_in, write

Change = Callable[[dict[str, Any]], Any]
ALL_HOURS, IN_SALES = "all hours count on this clock", "an owner with a calendar of their own is in sales; remove it"
# What is changed in the commitment to accept, where the message must be, and what it states.
REFUSED: list[tuple[str, Change, tuple[str | int, ...], str]] = [
    (
        "of marketing",
        lambda accept: (accept.pop("absence"), accept.update(team="marketing")),
        ("calendar_of",),
        IN_SALES,
    ),
    (
        "a tier of marketing",
        lambda accept: (
            [accept.pop(field) for field in ("absence", "calendar_of")],
            accept.update(team="marketing"),
            accept["tiers"][1].update(calendar_of="owner"),
        ),
        ("tiers", 1, "calendar_of"),
        IN_SALES,
    ),
    ("every tier on all hours", lambda accept: accept.update(clock="calendar"), ("calendar_of",), ALL_HOURS),
    (
        "the business tier has its own",
        lambda accept: accept["tiers"][1].update(calendar_of="commitment"),
        ("calendar_of",),
        ALL_HOURS,
    ),
    (
        "a tier on all hours",
        lambda accept: accept["tiers"][0].update(calendar_of="owner"),
        ("tiers", 0, "calendar_of"),
        ALL_HOURS,
    ),
]


@pytest.mark.parametrize(("change", "place", "part"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
def test_a_calendar_that_changes_nothing_is_refused(
    tmp_path: Path, change: Change, place: tuple[str | int, ...], part: str
) -> None:
    content, path = base(), tmp_path / "2025-10.yml"
    change(content["commitments"]["accept"])
    path.write_text(write(content))
    with pytest.raises(AgreementError) as caught:
        read_agreement(path)
    location = ("commitments", "accept", *place)
    assert f"line {line_in(content, location)}: {'.'.join(map(str, location))}: {part}" in str(caught.value)


def test_each_tier_states_whose_calendar_it_runs_on(tmp_path: Path) -> None:
    content, path = base(), tmp_path / "2025-10.yml"
    accept = content["commitments"]["accept"]
    accept["tiers"] = [
        {"name": "at any hour", "applies_to": {"persona": ["buyer"]}, "clock": "calendar"},
        {"name": "desk", "applies_to": {"lead_type": ["website_form"]}, "calendar": "berlin_bar"},
        {"name": "others"},
    ]
    accept["tiers"][1]["calendar_of"] = "commitment"
    path.write_text(write(content))
    rows = agreement_rows([read_agreement(path)])["commitments"]
    found = {
        (row.commitment, row.tier): (row.clock_type, row.calendar, row.calendar_of)  # type: ignore[attr-defined]
        for row in rows
        if row.kind == "clock" and row.commitment in ("first_contact", "accept")  # type: ignore[attr-defined]
    }
    assert found == {
        ("first_contact", None): ("calendar", "milan_office", "commitment"),
        ("accept", "at any hour"): ("calendar", "milan_office", "commitment"),
        ("accept", "desk"): ("business", "berlin_bar", "commitment"),
        ("accept", "others"): ("business", "milan_office", "owner"),
    }
