"""The language of this process, and a text in it.

Belongs here: choosing the catalogue, and looking a text up. English has none: the texts of the code are English. How a
figure or a date is written is places.py.
"""

import gettext as catalogues
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

ENGLISH = "en"
LANGUAGES = (ENGLISH, "it", "pt_BR")

_spoken = ENGLISH


def language() -> str:
    """The language of this process: one of LANGUAGES."""
    return _spoken


def speak(language: str) -> None:
    """Speak it from now on. A process has one company, and so one language, in all of its threads."""
    global _spoken  # threads of Dagster do not inherit context variables
    _spoken = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak it meanwhile."""
    before = _spoken
    speak(language)
    try:
        yield
    finally:
        speak(before)


def catalogue_file(language: str) -> Path:
    """The catalogue of a language other than English, as people translate it."""
    return Path(__file__).parent / f"{language}.po"


@cache
def catalogue(language: str) -> catalogues.NullTranslations:
    """The texts of a language, of which a missing one is shown in English."""
    if language == ENGLISH:
        return catalogues.NullTranslations()
    # Only a process that speaks another language needs Babel for its texts.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with catalogue_file(language).open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)


def gettext(message: str, /, **values: Any) -> str:
    """The text with its values in the language that is spoken. A % that names nothing is written twice."""
    return catalogue(_spoken).gettext(message) % values


def ngettext(singular: str, plural: str, num: int, /, **values: Any) -> str:
    """The same in the number that belongs to `num`, which is not among the values by itself."""
    return catalogue(_spoken).ngettext(singular, plural, num) % values


def later(message: str) -> str:
    """Marks a text that is looked up where it is used, with `gettext` or `translated`."""
    return message
