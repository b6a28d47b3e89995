"""A sentence of a table is found by its own words, and its values stay what a company has written."""

import re
from collections.abc import Iterator
from itertools import chain

import pytest

from orchestration.lib.language import sentences, speaking, translated
from orchestration.lib.language.data_words import DATA_WORDS
from orchestration.lib.language.places import separated
from orchestration.lib.language.reasons import PARTS, REASONS
from orchestration.lib.language.refusals import REFUSAL_PARTS, REFUSALS
from orchestration.lib.language.sentences import FIGURE, KINDS, OWN, PLACE, TEXTS

KNOWN = {*chain(*TEXTS.values()), *DATA_WORDS}
EXAMPLES = {
    "number": "1,234.50",
    "figure": "12.5 %",
    "day": "2026-10-09",
    "system": "hubspot",
    "type": "decimal(18, 4)",
    "grade": "A1",
    "stage": "MQL",
    "column": "closed_at",
    "quoted": "'it is \\'odd\\', or not'",
    "list": "'one; two', \"it's\"",
    "token": "utf-8",
    "spot": "sheet Deals, row 3",
    "counts": "3 person(s), 2 activity(ies)",
    "bytes": "line 3: byte 0xeb is not utf-8; line 4: byte 0x81 is not cp1252",
    "missing": "required column id is missing; accepted labels are 'id'; found 'x; y'",
    "found": "found 'a, b', 'c'; nearest is 'c': rename it, or declare it under labels",
    "likely": "'a' may be id, 'b' may be email",
    "origin": "may.csv, line 7",
    "difference": "another amount, stage, and so are 2 more records",
    "shared": "campaign 'Spring' on 2026-03-01 and 2 more day(s) of campaigns: b.csv has another amount",
    "setting": "it must be a number, found 'x'",
    "zone": "'Roma' is not a time zone; write Europe/Rome",
}
# Kinds of parts that are translated as a whole.
UNDERSTOOD = {*TEXTS} - {"", "word"}
ODD = 'an <b>"odd"</b> & 50 % value\nof two lines'


class Marked:
    """A catalogue that shows what it has translated."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧" if message in KNOWN else message


@pytest.fixture(autouse=True)
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sentences, "catalogue", lambda _: Marked())
    sentences._found.cache_clear()
    with speaking("it"):
        yield
    sentences._found.cache_clear()


def example(name: str) -> str:
    kind = name.rpartition("_")[2]
    if name in OWN:
        return f"{ODD} {name}"
    if kind == "text":
        # A text of a place is one of the product's own.
        return {
            "fault": "owner names a queue; write a person",
            "refusal": "the zip archive has no file; export it again",
            "reason": "expected 3 cells, found 2",
            "advice": "put the list of users of web beside its exports",
        }[name.removesuffix("_text")]
    return EXAMPLES.get(kind, "deleted" if kind == "word" else f"{ODD} {name}")


@pytest.mark.parametrize(
    ("kind", "sentence"), [(kind, sentence) for kind, sentences in TEXTS.items() for sentence in sentences]
)
def test_a_sentence_is_found_with_any_value(kind: str, sentence: str) -> None:
    values = {name: example(name) for name in PLACE.findall(sentence)}
    shown = {
        name: separated(value) if re.fullmatch(FIGURE, value) else value if name in OWN else translated(value)
        for name, value in values.items()
        if name in OWN or name.rpartition("_")[2] not in UNDERSTOOD
    }
    found = sentences._found("it", sentence % values, kind) or ""
    pieces = [re.escape(piece.replace("%%", "%")) for piece in PLACE.split(sentence)[::2]]
    wanted = [re.escape(shown[name]) if name in shown else "⟦.+⟧" for name in PLACE.findall(sentence)]
    pattern = "".join(piece + value for piece, value in zip(pieces, [*wanted, ""], strict=True))
    assert re.fullmatch(f"⟦{pattern}⟧", found, re.DOTALL), found


@pytest.mark.parametrize(
    "text",
    [
        "a sentence that nobody has written",
        "",
        "column x: y is not a good idea, as the owner finds",
        "reference/absences.csv line 3: a fault that is not known",
        "its files end on some day, 3 days before the as-of, and at most 2 are agreed",
        "New York to London",
    ],
)
def test_what_is_not_known_stays(text: str) -> None:
    assert translated(text) == text


@pytest.mark.parametrize("sentence", [*REASONS, *REFUSALS, *chain(*PARTS.values()), *chain(*REFUSAL_PARTS.values())])
def test_each_place_of_a_reason_is_the_companys_or_has_a_kind(sentence: str) -> None:
    kinds = {*KINDS, *TEXTS, "number"}
    assert not [name for name in PLACE.findall(sentence) if name not in OWN and name.rpartition("_")[2] not in kinds]


def test_a_word_of_a_company_is_not_translated_within_a_sentence() -> None:
    found = translated('the label "deleted" of hubspot is not in stage_labels')
    assert found == '⟦the label "deleted" of hubspot is not in stage_labels⟧'


def test_a_fault_is_translated_within_its_line() -> None:
    found = translated("reference/absences.csv line 3: owner names a queue; write a person")
    assert found == "⟦reference/absences.csv line 3: ⟦owner names a queue; write a person⟧⟧"


def test_each_part_of_a_list_is_translated() -> None:
    found = translated(
        "owner Ann of 3 of 3 person(s), 2 activity(ies) is in no list of users: put the list of users of "
        "web beside its exports; or write the name into reference/owners.csv"
    )
    assert "⟦⟦3 person(s)⟧, ⟦2 activity(ies)⟧⟧" in found
    assert found.startswith("⟦owner Ann of 3 of ⟦")


def test_a_label_with_the_words_of_the_sentence_is_one_value() -> None:
    label = 'a" of b is not in c'
    text = f'the label "{label}" of hubspot is not in stage_labels'
    assert translated(text) == f"⟦{text}⟧"


def test_english_is_as_it_was() -> None:
    with speaking("en"):
        assert translated("deleted") == "deleted"
        assert translated(None) == ""
