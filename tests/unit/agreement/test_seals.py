"""A version after it was signed: what was changed is named, and what cannot be named has a reason."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from orchestration.lib.agreement.reading import AgreementError
from orchestration.lib.agreement.seals import broken_seals, doubtful_seals
from orchestration.lib.agreement.signing import Signed, sign

Write = Callable[..., Path]
TODAY = date(2026, 1, 15)


def sign_both(folder: Path) -> tuple[Signed, Signed]:
    return tuple(sign(folder, "2026-01", *who, TODAY) for who in (("Ada Neri", "marketing"), ("Ugo Riva", "sales")))


# What is changed after both have signed; the line, and the two parts of the message.
CHANGES = {
    "a number": ("deal_size: 100", "deal_size: 101", 8, "shop.deal_size: it was 100", "now it is 101"),
    "a digit of a rate": ("0.25}", "0.26}", 15, "rates.mql_to_customer: it was 0.25", "now it is 0.26"),
    "a letter": ("name: Acme", "name: Acne", 3, 'company.name: it was "Acme"', 'now it is "Acne"'),
    "a day": ("[2026-04-06]", "[2026-04-07]", 21, "calendars.office.holidays.0: it was", '"2026-04-07"'),
    "one day more": ("[2026-04-06]", "[2026-04-06, 2026-05-01]", 21, "holidays: it is", "it was not there"),
    "a clause more": ("tolerance: 0.1", "handoff: {at: mql, accepted: sql}\ntolerance: 0.1", 33, "handoff: it", "not"),
    "a clause less": ("    holidays: [2026-04-06]\n", "", 17, "holidays: it was", "now it is gone"),
    "a signature's name": ('"Ugo Riva"', '"Ugo Rivo"', 36, 'signatures.1.name: it was "Ugo Riva"', '"Ugo Rivo"'),
    "its date": ("sales, date: 2026-01-15", "sales, date: 2026-01-14", 36, "signatures.1.date: it was", "2026-01-14"),
}


@pytest.mark.parametrize(("old", "new", "line", "before", "now"), CHANGES.values(), ids=CHANGES)
def test_a_changed_character_is_named(
    write: Write, valid: str, tmp_path: Path, old: str, new: str, line: int, before: str, now: str
) -> None:
    path = write(valid + "signatures: []\n")
    sign_both(tmp_path)
    assert broken_seals(tmp_path) == []
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    (broken,) = broken_seals(tmp_path)
    first, last = broken.splitlines()
    assert first.startswith(f"{path} line {line}: ")
    assert before in first
    assert now in first
    assert last.startswith("Version 2026-01 was signed by Ada Neri (marketing) and Ugo Riva (sales): put it back as")


@pytest.mark.slow
def test_every_single_character_counts(write: Write, valid: str, tmp_path: Path) -> None:
    """Each letter and digit outside comments, changed alone: refused as no agreement, or named as a change."""
    path = write(valid)
    sign_both(tmp_path)
    text, missed = path.read_text(), []
    for index in range(0, len(valid), 3):
        character = text[index]
        if not character.isalnum():
            continue
        other = {"0": "1"}.get(character, "0") if character.isdigit() else ("x" if character != "x" else "y")
        path.write_text(text[:index] + other + text[index + 1 :])
        try:
            if not broken_seals(tmp_path):
                missed.append((index, text[index - 10 : index + 10]))
        except AgreementError:
            pass
    assert missed == []


def test_comments_and_order_may_change(write: Write, valid: str, tmp_path: Path) -> None:
    path = write(valid)
    sign_both(tmp_path)
    path.write_text("# ours\n" + path.read_text().replace("tolerance: 0.1\n", "tolerance: 0.10 # ten\n"))
    assert broken_seals(tmp_path) == []


def test_a_signature_that_is_copied_or_taken_away(write: Write, valid: str, tmp_path: Path) -> None:
    path = write(valid)
    first = sign(tmp_path, "2026-01", "Ada Neri", "marketing", TODAY)
    path.write_text(
        f"{path.read_text()}  - {{name: Ugo, role: sales, date: 2026-01-15, seal: '{first.agreement.seal}'}}\n"
    )
    assert "signatures: it is" in broken_seals(tmp_path)[0]
    path.write_text(valid)
    assert "signatures: it was" in broken_seals(tmp_path)[0]
    path.rename(tmp_path / "other.yml")
    (tmp_path / "other.yml").write_text(valid.replace('"2026-01"', '"2026-02"'))
    assert "version 2026-01 was signed, and no file in" in broken_seals(tmp_path)[0]


@pytest.mark.parametrize(("trouble", "expected"), [("gone", "is missing"), ("changed", "was itself changed")])
def test_without_its_copy_a_change_cannot_be_named(
    write: Write, valid: str, tmp_path: Path, trouble: str, expected: str
) -> None:
    path = write(valid)
    copy = sign_both(tmp_path)[1].copy
    if trouble == "gone":
        copy.unlink()
    else:
        copy.write_text(copy.read_text().replace("deal_size: 100", "deal_size: 102"))
    # It still matches its seals.
    assert broken_seals(tmp_path) == []
    assert "is missing or was changed" in doubtful_seals(tmp_path)[0]
    path.write_text(path.read_text().replace("deal_size: 100", "deal_size: 101"))
    assert f"which clause was changed is not known, because {copy} {expected}" in broken_seals(tmp_path)[0]
