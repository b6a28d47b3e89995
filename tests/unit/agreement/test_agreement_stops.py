"""What may end a commitment: the words of an agreement, which of them are refused, and the rows that they become."""

from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from orchestration.lib.agreement.reading import AgreementError, read_agreement
from orchestration.lib.agreement.rows import agreement_rows
from tests.unit.agreement.edited import Location, base, changed, line_of, write

Write = Callable[..., Path]

TRY, CONTACT = ("commitments", "keep_trying"), ("commitments", "first_contact")
STOPS, EXCUSES = (*TRY, "stopped_by"), (*CONTACT, "excused_by")
# A field, its new value, the field that the message names, and a part of the message.
REFUSED: list[tuple[Location, Any, Location, str]] = [
    ((*STOPS, 0), "silence", (*STOPS, 0), "write one of won_forward, replied"),
    ((*STOPS, 0), {"replied": ["definitional"]}, (*STOPS, 0), "or a side state with classes of reasons"),
    ((*STOPS, 0), {"lost": []}, (*STOPS, 0), "write a list of procedural, clerical, definitional"),
    ((*STOPS, 0), {"lost": ["price"]}, (*STOPS, 0), "these are not classes of reasons"),
    ((*STOPS, 0), {"lost": ["clerical"], "rejected": ["clerical"]}, (*STOPS, 0), "this is not a rule"),
    ((*EXCUSES, 0), "reply", (*EXCUSES, 0), "write one of rejected, recycled, disqualified, lost"),
    ((*EXCUSES, 0), {"mql": ["clerical"]}, (*EXCUSES, 0), "this is not a rule"),
    ((*TRY, "own_exit"), "breached", (*TRY, "own_exit"), "'excused' or 'missed'"),
    (("commitments", "accept", "absence"), "ignored", ("commitments", "accept", "absence"), "'covered_by'"),
    (
        ("commitments", "accept", "team"),
        "marketing",
        ("commitments", "accept"),
        "'absence' is that of the lead's owner",
    ),
    ((*TRY, "absence"), "covered_by", (*TRY, "absence"), "remove it"),
    (("commitments", "accept", "own_exit"), "missed", ("commitments", "accept"), "a no is an answer too"),
    (("handoff", "unanswered_after"), "2w", ("handoff", "unanswered_after"), "found '2w'"),
    (("handoff", "then"), "forgotten", ("handoff", "then"), "'accepted_by_default' or 'recycled_by_default'"),
    (("handoff", "then"), None, ("handoff",), "write both 'unanswered_after' and 'then'"),
    (("recycling", "value_given_back"), "clerical", ("recycling", "value_given_back"), "found 'clerical'"),
]


@pytest.mark.parametrize(("location", "value", "named", "part"), REFUSED, ids=str)
def test_what_is_not_an_excuse_is_refused(
    tmp_path: Path, location: Location, value: Any, named: Location, part: str
) -> None:
    path = tmp_path / "2025-10.yml"
    content = changed(location, value) if value is not None else base()
    if value is None:
        del content["handoff"]["then"]
    path.write_text(write(content))
    with pytest.raises(AgreementError) as caught:
        read_agreement(path)
    text = str(caught.value)
    assert f"line {line_of(named)}: {'.'.join(map(str, named))}: " in text
    assert part in text


def test_a_class_without_reasons_excuses_nobody(tmp_path: Path) -> None:
    content = changed((*STOPS, 0), {"lost": ["clerical"]})
    del content["handoff"]["reasons"]["clerical"]
    path = tmp_path / "2025-10.yml"
    path.write_text(write(content))
    with pytest.raises(AgreementError, match="it names 'clerical', which is not under the reasons of handoff"):
        read_agreement(path)


def test_what_ends_a_commitment_is_laid_out_by_direction_and_class(write: Write, valid: str) -> None:
    handoff = "handoff: {at: mql, accepted: sql, reasons: {definitional: [Too small], clerical: [No phone]}}\n"
    cadence = (
        "  try: {team: sales, kind: cadence, starts_at: sql, attempts: {2w: 3}, counts: [call], target_rate: 0.8,\n"
        "    stopped_by: [stage_exit, reply, won_forward, {lost: [definitional, clerical]}], own_exit: missed}\n"
    )
    text = valid.replace("    counts: [call]\n", "    counts: [call]\n    excused_by: [lost, {rejected: [clerical]}]\n")
    rows = agreement_rows([read_agreement(write(text.replace("  value: {", cadence + "  value: {") + handoff))])
    assert [astuple(row) for row in rows["commitment_excuses"]] == [
        ("2026-01", "contact", "lost", None),
        ("2026-01", "contact", "rejected", "clerical"),
    ]
    exits = ("won_forward", "moved_back", "rejected", "recycled", "disqualified", "lost")
    assert [astuple(row)[2:] for row in rows["commitment_stops"]] == [
        *[("stage_exit", direction, None) for direction in exits],
        ("reply", "replied", None),
        ("won_forward", "won_forward", None),
        ("lost", "lost", "definitional"),
        ("lost", "lost", "clerical"),
    ]
    assert {row.commitment: row.own_exit for row in rows["commitments"]} == {
        "contact": "excused",
        "try": "missed",
        "value": None,
    }
