"""Figures, dates and names of months as they are written where a language is spoken; the data of Babel.

Belongs here: what a language does to a figure or a date that is already rounded. How many decimals a figure has, and
which parts a date, is `lib/formats.py`.
"""

from functools import cache
from typing import Literal

from orchestration.lib.language.spoken import ENGLISH, language

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def separated(figure: str) -> str:
    """A figure that Python wrote, 1,234.5, with the separators of the language."""
    return figure if language() == ENGLISH else figure.translate(_separators(language()))


def month_name(number: int) -> str:
    """The name of a month, from 1 to 12."""
    return MONTHS[number - 1] if language() == ENGLISH else _months(language(), "wide")[number]


def short_month_name(number: int) -> str:
    """The same, abbreviated."""
    return MONTHS[number - 1][:3] if language() == ENGLISH else _months(language(), "abbreviated")[number]


def short_day_name(weekday: int) -> str:
    """The abbreviated name of a day of the week, from 0 for Monday."""
    return DAYS[weekday] if language() == ENGLISH else _days(language())[weekday]


@cache
def _separators(language: str) -> dict[int, str]:
    from babel import Locale

    symbols = Locale.parse(language).number_symbols["latn"]
    return str.maketrans({",": symbols["group"], ".": symbols["decimal"]})


@cache
def _months(language: str, width: Literal["wide", "abbreviated"]) -> dict[int, str]:
    from babel.dates import get_month_names

    return {number: name.removesuffix(".") for number, name in get_month_names(width, locale=language).items()}


@cache
def _days(language: str) -> dict[int, str]:
    from babel.dates import get_day_names

    return {number: name.removesuffix(".") for number, name in get_day_names("abbreviated", locale=language).items()}
