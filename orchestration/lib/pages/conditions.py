"""Lengths of time, lists and conditions of an agreement in words, as a part of its sentences.

Belongs here: what several clauses are made of. The clauses themselves are wording.py and measure_wording.py.
"""

from collections.abc import Sequence
from functools import reduce

from orchestration.lib.agreement.parts import Part
from orchestration.lib.agreement.scoring import Range
from orchestration.lib.formats import both, either, words
from orchestration.lib.language import gettext, later, ngettext, translated
from orchestration.lib.language.places import separated

# What is in these fields are the product's own words; what is in the others a company has written.
OF_THE_PRODUCT = frozenset({"activity", "direction"})
PERIODS = {
    "week": later("a week"),
    "month": later("a month"),
    "quarter": later("a quarter"),
    "year": later("a year"),
}


def time(text: str) -> str:
    """24h is 24 hours, 1w is 1 week."""
    number = int(text[:-1])
    match text[-1]:
        case "m":
            return ngettext("%(number)s minute", "%(number)s minutes", number, number=number)
        case "h":
            return ngettext("%(number)s hour", "%(number)s hours", number, number=number)
        case "d":
            return ngettext("%(number)s day", "%(number)s days", number, number=number)
        case _:
            return ngettext("%(number)s week", "%(number)s weeks", number, number=number)


def a_period(per: str) -> str:
    """That of a quota or of a measure, after a number: a year, or in 6 months."""
    if per in PERIODS:
        return gettext(PERIODS[per])
    return gettext("in %(months)s months", months=per.split()[0])


def cycle_in_words(every: str) -> str:
    """That of the reviews: 4 months, 2 quarters."""
    number, unit = every.split()
    if unit.startswith("quarter"):
        return ngettext("%(number)s quarter", "%(number)s quarters", int(number), number=number)
    return ngettext("%(number)s month", "%(number)s months", int(number), number=number)


def listed(parts: Sequence[str]) -> str:
    """A, b or c."""
    *others, last = parts
    return either(", ".join(others), last) if others else last


def listed_all(parts: Sequence[str]) -> str:
    """A, b and c."""
    *others, last = parts
    return both(", ".join(others), last) if others else last


def conditions(when: Part) -> str:
    """The conditions of a rule: all of them must fit, each with any of its words."""
    given = [(name, getattr(when, name)) for name in type(when).model_fields if name in when.model_fields_set]
    each = [_condition(name, value) for name, value in given if value is not None]
    return reduce(lambda first, second: gettext("%(first)s, and %(second)s", first=first, second=second), each)


def _condition(name: str, value: Range | float | list[str]) -> str:
    field = translated(words(name))
    if isinstance(value, Range):
        return _within(field, value)
    if isinstance(value, list):
        return f"{field} {listed([_word(name, each) for each in value])}"
    return f"{field} {separated(f'{value:g}')}"


def _within(field: str, limits: Range) -> str:
    least, most = (None if limit is None else separated(f"{limit:,g}") for limit in (limits.from_, limits.to))
    if most is None:
        return gettext("%(field)s from %(least)s", field=field, least=least)
    if least is None:
        return gettext("%(field)s to %(most)s", field=field, most=most)
    return gettext("%(field)s from %(least)s to %(most)s", field=field, least=least, most=most)


def _word(field: str, value: str) -> str:
    shown = words(value) if value.replace("_", "").islower() else value
    return translated(shown) if field in OF_THE_PRODUCT else shown


def step_in_words(name: str) -> str:
    """The step mql_to_sql is MQL to SQL."""
    first, following = (translated(words(stage)) for stage in name.split("_to_"))
    return gettext("%(first)s to %(next)s", first=first, next=following)
