"""What SQL composes in English, read in another language: the sentence without its values is found in the catalogue.

Belongs here: the sentences, with a named place for each value, and finding which of them a text is. What is a single
word, such as a status, is values.py.
"""

import re
from functools import cache

from orchestration.lib.language.found import FOUND
from orchestration.lib.language.spoken import ENGLISH, catalogue, language, later

SENTENCES: tuple[str, ...] = (
    later("the files of %(system)s end on %(date)s"),
    # reviews:
    *FOUND,
    later("season unknown, %(months)s of %(needed)s whole months"),
    later("%(number)s months"),
    # comparisons:
    later("public holidays of %(place)s"),
)
PLACE = re.compile(r"%\((\w+)\)s")


def translated(text: str | None) -> str:
    """A text of a table in the language that is spoken: as it is if no catalogue has it. Nothing for null."""
    if not text or language() == ENGLISH:
        return text or ""
    found = catalogue(language()).gettext(text)
    return found if found != text else _composed(language(), text)


@cache
def _composed(language: str, text: str) -> str:
    for message, pattern in _patterns():
        if match := pattern.fullmatch(text):
            values = {name: translated(value) for name, value in match.groupdict().items()}
            return catalogue(language).gettext(message) % values
    return text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Of each sentence what it looks like with its values; the one with most words of its own first."""
    by_length = sorted(SENTENCES, key=lambda sentence: -len(PLACE.sub("", sentence)))
    return tuple((sentence, re.compile(_pattern(sentence), re.DOTALL)) for sentence in by_length)


def _pattern(sentence: str) -> str:
    parts = PLACE.split(sentence)
    fixed = [re.escape(part.replace("%%", "%")) for part in parts[::2]]
    return "".join(part + f"(?P<{name}>.+?)" for part, name in zip(fixed, [*parts[1::2]], strict=False)) + fixed[-1]
