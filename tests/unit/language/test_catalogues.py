"""The catalogues: every text is translated, nothing is unused, and no value or element is lost."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from orchestration.lib.language import ENGLISH, LANGUAGES
from orchestration.lib.language.collecting import collected, is_translated, read_catalogue

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
TERMS = Path(__file__).parents[3] / "docs" / "languages.md"
PLACE = re.compile(r"%\(\w+\)s|%%")
ELEMENT = re.compile(r"</?\w+[^<>]*>")


def key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())  # type: ignore[call-overload]


TEXTS = {key(message): message for message in collected() if message.id}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    have = {key(message) for message in read_catalogue(language) if message.id and is_translated(message.string)}
    assert sorted(map(str, TEXTS.keys() - have)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_translation_is_used(language: str) -> None:
    have = {key(message) for message in read_catalogue(language) if message.id}
    assert sorted(map(str, have - TEXTS.keys())) == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_value_and_no_element_is_lost(language: str) -> None:
    """Each form has the places and elements of the English one: a singular may leave its number unwritten."""
    for message in read_catalogue(language):
        if not message.id:
            continue
        wanted = forms(message.id)[-1]
        for text in forms(message.string):
            assert set(PLACE.findall(text)) <= set(PLACE.findall(wanted)), text
            assert sorted(ELEMENT.findall(text)) == sorted(ELEMENT.findall(wanted)), text
        assert set(PLACE.findall(forms(message.string)[-1])) == set(PLACE.findall(wanted)), forms(message.string)[-1]


def terms(language: str) -> list[tuple[str, str]]:
    rows = [
        line.strip("| ").split(" | ") for line in TERMS.read_text(encoding="utf-8").splitlines() if line[:2] == "| "
    ]
    return [(row[0], row[1 + OTHERS.index(language)]) for row in rows[1:]]


def stem(term: str) -> str:
    """What inflected forms of a term have in common: each word without its last letters."""
    return ".*?".join(re.escape(word[: max(3, len(word) - 3)]) for word in term.split())


@pytest.mark.parametrize("language", OTHERS)
def test_texts_use_the_terms(language: str) -> None:
    """Of the texts in which a term is the whole text, all use its translation; there are 40 terms and more."""
    listed = terms(language)
    assert len(listed) >= 40
    whole = {forms(message.id)[0].lower(): forms(message.string)[0].lower() for message in read_catalogue(language)}
    wrong = {
        english: whole[english]
        for english, term in listed
        if english in whole and not re.search(stem(term), whole[english])
    }
    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_most_sentences_use_the_terms(language: str) -> None:
    """A sentence may be turned so that a term is not in it; a term that most sentences avoid is not the term."""
    messages = [message for message in read_catalogue(language) if message.id]
    for english, term in terms(language):
        having = [each for each in messages if re.search(rf"\b{english}s?\b", forms(each.id)[-1], re.IGNORECASE)]
        using = [each for each in having if re.search(stem(term), forms(each.string)[-1], re.IGNORECASE)]
        assert len(using) >= 0.5 * len(having), (english, term, len(using), len(having))


def test_no_italian_article_is_before_a_place() -> None:
    """It would be l’ or dall’ before 8 and 11, and il or dal before all else: a noun is between the two."""
    texts = [text for message in read_catalogue("it") if message.id for text in forms(message.string)]
    days = r"(date|day|since|until|due|first|last|moment|share|chance|\w+_(day|date|at|number|figure))"
    wrong = [text for text in texts if re.search(rf"\b(il|al|dal|del|nel|sul|un) %\({days}\)s", text, re.IGNORECASE)]
    assert wrong == []
