"""Signing a version: the signature goes in beside everything else as it was, and a later change is named."""

import difflib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from orchestration.lib.agreement.canonical import seal_of
from orchestration.lib.agreement.reading import read_agreement
from orchestration.lib.agreement.seals import broken_seals, doubtful_seals
from orchestration.lib.agreement.signing import Signed, SigningError, sign
from orchestration.lib.agreement.yaml_document import AgreementError, parse
from seeds.signatures import unsigned

Write = Callable[..., Path]
DEMO = Path(__file__).resolve().parents[3] / "seeds" / "agreements" / "2025-10.yml"
TODAY = date(2026, 1, 15)

SIGNED_BEFORE = '{name: "Ugo: \\"the boss\\"", role: sales, date: 2026-01-15}'
# The end of the file before anybody has signed.
ENDS = {
    "no signatures": "",
    "an empty list": "signatures: []\n",
    "a comment behind it": "signatures: [] # nobody yet\n# the end\n",
    "nothing": "signatures: [\n]\n",
    "no end of line": "signatures: []",
    "in the middle": "signatures: []\n\nreviews: {next: 2026-05-01}\n",
}


def sign_both(folder: Path) -> tuple[Signed, Signed]:
    return tuple(sign(folder, "2026-01", *who, TODAY) for who in (("Ada Neri", "marketing"), ("Ugo Riva", "sales")))


def without_signatures(text: str) -> list[str]:
    return [line for line in text.splitlines() if "signatures" not in line and "seal:" not in line]


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_rest_stays_byte_for_byte(write: Write, valid: str, tmp_path: Path, end: str, newline: str) -> None:
    text = (valid.replace("deal_size: 100\n", "deal_size: 100 # Größe\n") + end).replace("\n", newline)
    path = tmp_path / "2026-01.yml"
    path.write_bytes(text.encode())
    sign_both(tmp_path)
    after = path.read_bytes().decode()
    kept = [line for line in without_signatures(after) if line != "]"]
    assert [line for line in kept if line] == [line for line in without_signatures(text) if line not in ("", "]")]
    assert after.count("\n") == after.count(newline)
    assert ("nobody yet" in after) == ("nobody yet" in text)
    agreement = read_agreement(path)
    assert agreement.is_signed
    assert [each.name for each in agreement.signatures] == ["Ada Neri", "Ugo Riva"]
    # YAML's own reader sees the same two.
    assert len(yaml.safe_load(after)["signatures"]) == 2
    assert broken_seals(tmp_path) == doubtful_seals(tmp_path) == []


@pytest.mark.parametrize(
    "layout",
    [
        "signatures:\n- name: Ada Neri\n  role: marketing\n  date: 2026-01-15\n  seal: '{seal}'\n\n# the end\n",
        "signatures:\n    - {{name: Ada Neri, role: marketing, date: 2026-01-15, seal: '{seal}'}} # first\n# the end\n",
        "signatures: [{{name: Ada Neri, role: marketing, date: 2026-01-15, seal: '{seal}'}},] # the end\n",
        "signatures: [\n  {{name: Ada Neri, role: marketing, date: 2026-01-15, seal: '{seal}'}}\n] # the end\n",
    ],
)
def test_a_list_in_any_layout_takes_one_more(write: Write, valid: str, tmp_path: Path, layout: str) -> None:
    """A signature in another layout is still the same signature."""
    write(valid)
    first = sign(tmp_path, "2026-01", "Ada Neri", "marketing", TODAY)
    write(valid + layout.format(seal=first.agreement.seal))
    signed = sign(tmp_path, "2026-01", "Ugo Riva", "sales", TODAY)
    assert signed.agreement.is_signed
    text = (tmp_path / "2026-01.yml").read_text()
    assert text.startswith(valid)
    assert text.count("# the end") == 1
    assert broken_seals(tmp_path) == []


def test_signing_only_adds_lines(write: Write, valid: str, tmp_path: Path) -> None:
    """A library that writes the document again would change these blanks, breaks and quotes."""
    unusual = valid.replace("deal_size: 100\n", "deal_size:    100   # each\n").replace(
        "[call]", "[\n        'call'   ]"
    )
    text = unusual + "\n\nsignatures:   []   # both teams\n# the end"
    path = write(text)
    sign_both(tmp_path)
    lines = list(difflib.ndiff(text.splitlines(), path.read_text().splitlines()))
    assert [line for line in lines if line[0] == "-"] == ["- signatures:   []   # both teams"]
    added = [line.partition("{")[0] for line in lines if line[0] == "+"]
    assert added == ["+ signatures:   # both teams", "+   - ", "+   - "]


def test_the_demo_agreement_keeps_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "2025-10.yml"
    before = unsigned(DEMO.read_text())
    path.write_text(before)
    sign(tmp_path, "2025-10", "Ada Neri", "marketing", TODAY)
    after = path.read_text()
    assert after.startswith(before.removesuffix(" []\n"))
    assert after.count("\n") == before.count("\n") + 1


def test_what_is_printed_and_kept(write: Write, valid: str, tmp_path: Path) -> None:
    write(valid)
    first, second = sign_both(tmp_path)
    seal = first.agreement.seal
    assert first.sentences()[:4] == [
        f"Version 2026-01, seal {seal[:12]}",
        "  sales     has not signed yet",
        "  marketing signed by Ada Neri on 2026-01-15",
        "Until both have signed it runs as a draft, because no signed version holds in its time.",
    ]
    assert "  sales     signed by Ugo Riva on 2026-01-15" in second.sentences()
    assert "It is in force from 2026-01-01." in second.sentences()
    assert second.copy.read_text() == (tmp_path / "2026-01.yml").read_text()
    # 1 000 in deals of 100 (conftest.py): 10 customers, 20 sql, 40 mql, each worth 25.
    assert second.calculations.read_text().splitlines()[:4] == [
        '"revenue_stream","lead_type","stage","next_stage","rate","basis","owed_by","needed","lead_value"',
        '"shop","form","mql","sql",0.5,"assumed","",40,"25.00"',
        '"shop","form","sql","customer",0.5,"assumed","",20,"25.00"',
        '"shop","form","customer","","","","",10,"25.00"',
    ]


def test_a_seal_is_of_the_content_and_not_of_how_it_is_written() -> None:
    def seal(text: str) -> str:
        return seal_of(parse(Path("x.yml"), text).content)

    # Computed by `printf '{"a":{"b":0.1,"c":2},"version":"1"}' | sha256sum`.
    one = seal('version: "1"\na: {b: 0.10, c: 2.0}\n')
    assert one == "203fb13b7a864b504f7eafb65a8fb2912829918435e0f1eb8915bba2a40658e0"
    assert one == seal("# ours\na:\n  c: 2\n  b: 0.1\nversion: '1'\nsignatures: [{name: Ada}]\n")
    assert one != seal('version: "1"\na: {b: 0.11, c: 2}\n')
    assert one != seal('version: "1"\na: {b: 0.1, c: "2"}\n')


REFUSED = {
    "unknown version": (("2026-1", "Ugo Riva", "sales"), "did you mean 2026-01"),
    "role has signed": (
        ("2026-01", "Bea Blu", "marketing"),
        "line 35: Ada Neri has signed version 2026-01 for",
    ),
    "one person for both": (("2026-01", " ada  NERI", "sales"), "Ada Neri has signed for marketing; somebody else"),
    "no name": (("2026-01", "  ", "sales"), "is not a name; give the first and last name"),
    "a name of two lines": (("2026-01", "Ugo\x00Riva", "sales"), "is not a name; give the first and last name"),
}


@pytest.mark.parametrize(("who", "expected"), REFUSED.values(), ids=REFUSED)
def test_a_refused_signature_has_a_reason(write: Write, valid: str, tmp_path: Path, who: tuple, expected: str) -> None:
    path = write(valid + "signatures: []\n")
    sign(tmp_path, "2026-01", "Ada Neri", "marketing", TODAY)
    before = path.read_bytes()
    with pytest.raises(SigningError) as caught:
        sign(tmp_path, *who, TODAY)
    assert expected in str(caught.value)
    assert path.read_bytes() == before


def test_a_signature_that_was_typed_does_not_count(write: Write, valid: str, tmp_path: Path) -> None:
    path = write(valid + f"signatures:\n  - {SIGNED_BEFORE}\n  - {{name: Ada, role: marketing, date: 2026-01-15}}\n")
    assert read_agreement(path).missing_signatures == ["marketing", "sales"]
    assert broken_seals(tmp_path) == []
    assert [f"{path} line 35: the signature of Ugo" in text for text in doubtful_seals(tmp_path)] == [True, False]
    with pytest.raises(SigningError, match=r"line 35: .* has no seal and does not count; remove it first"):
        sign(tmp_path, "2026-01", "Bea Blu", "marketing", TODAY)


def test_nobody_signs_what_was_changed_since_the_first_signature(write: Write, valid: str, tmp_path: Path) -> None:
    path = write(valid)
    sign(tmp_path, "2026-01", "Ada Neri", "marketing", TODAY)
    path.write_text(path.read_text().replace("deal_size: 100", "deal_size: 101"))
    with pytest.raises(SigningError, match=r"revenue_streams\.shop\.deal_size: it was 100 when it was signed; now"):
        sign(tmp_path, "2026-01", "Ugo Riva", "sales", TODAY)


def test_a_file_whose_end_cannot_be_found_is_left_alone(write: Write, valid: str, tmp_path: Path) -> None:
    path = write(valid + "...\n")
    with pytest.raises(SigningError, match="the place of the signatures was not found; write 'signatures: \\[\\]'"):
        sign(tmp_path, "2026-01", "Ada Neri", "marketing", TODAY)
    assert path.read_text() == valid + "...\n"
    assert not (tmp_path / "signed").exists()


SIGNERS = """signers:
  - {name: Eva Blu, team: sales, position: sales development}
  - {name: Ivo Sala, team: marketing}
"""


def test_everyone_whom_the_version_names_signs(write: Write, valid: str, tmp_path: Path) -> None:
    path = write(valid + SIGNERS)
    people = [("Ada Neri", "marketing"), ("eva  blu", "sales"), ("Ugo Riva", "sales"), ("Ivo Sala", "marketing")]
    missing = [
        ["sales", "Eva Blu", "Ivo Sala"],
        ["sales", "Ivo Sala"],
        ["Ivo Sala"],
        [],
    ]
    for (name, role), still in zip(people, missing, strict=True):
        signed = sign(tmp_path, "2026-01", name, role, date(2026, 1, 2))
        assert signed.agreement.missing_signatures == still
        assert (signed.standing.status == "signed") == (still == [])
    assert "  Ivo Sala  signed on 2026-01-02" in signed.sentences()
    assert broken_seals(tmp_path) == []
    path.write_text(path.read_text().replace("{name: Ivo Sala, team: marketing}", "{name: Ivo Sala, team: sales}"))
    with pytest.raises(AgreementError, match="Ivo Sala is a signer of sales; the signature is for marketing"):
        read_agreement(path)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("Eva Blu", "sales"), ("Eva Blu", "sales"), "Eva Blu has signed version 2026-01 for sales"),
        (("Ada Neri", "sales"), ("Eva Blu", "marketing"), "Eva Blu is a signer of sales in version 2026-01"),
        (("Eva Blu", "sales"), ("Ada Neri", "sales"), None),
        (("Ada Neri", "sales"), ("Ugo Riva", "sales"), "Ada Neri has signed version 2026-01 for sales"),
        (("Ada Neri", "sales"), ("Ada Neri", "marketing"), "somebody else signs for marketing"),
    ],
)
def test_a_signer_and_a_team_sign_once(
    write: Write, valid: str, tmp_path: Path, first: tuple, second: tuple, expected: str | None
) -> None:
    write(valid + SIGNERS)
    sign(tmp_path, "2026-01", *first, date(2026, 1, 2))
    if expected is None:
        sign(tmp_path, "2026-01", *second, date(2026, 1, 2))
    else:
        with pytest.raises(SigningError, match=expected):
            sign(tmp_path, "2026-01", *second, date(2026, 1, 2))
