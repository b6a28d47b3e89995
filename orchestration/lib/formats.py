"""Printed figures: the filters of the templates.

Belongs here: one number, date or name into text, as it is written in the language that is spoken. 0 is a counted
figure; a missing figure prints as a dash, with its reason if the data never had the column or file. Figures are rounded
only here, so that every figure on a page is the figure of the table.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from math import isclose

from orchestration.lib.language import gettext, translated
from orchestration.lib.language.places import month_name, separated, short_day_name, short_month_name

Number = int | float | Decimal

MISSING = "–"
SMALL = 1000
NO_BREAK = "\u00a0"
MINUS = "\u2212"
# A page has the page of one owner in many rows.
REMEMBERED = 1000
ACRONYMS = {"mql": "MQL", "sal": "SAL", "sql": "SQL"}


def written(figure: str) -> str:
    """A figure that Python wrote, 1,234.5, with the sign and the separators of the language."""
    return separated(figure.replace("-", MINUS))


def count(number: Number | None, beside: Number | None = None) -> str:
    """A whole number with thousands separators; also for amounts shown without cents. With the decimals that tell it
    from the figure beside it: 99,999.6 has not reached 100,000."""
    return MISSING if number is None else written(_apart(number, beside, places=0))


def given(figure: str, is_in_data: bool) -> str:
    """A printed figure, or "not in the data" if the data never had the column or file that it is counted from."""
    return figure if is_in_data else gettext("– not in the data")


def cents(amount: Number | None) -> str:
    """An amount with two decimals."""
    return MISSING if amount is None else written(f"{amount:,.2f}")


def percent(rate: Number | None, beside: Number | None = None) -> str:
    """A rate (1 is the whole) as a percentage with one decimal; with more where 99.96 % would read as all, 0.04 % as
    none, or a missed target as the figure beside it."""
    others = (0, 100, None if beside is None else beside * 100)
    return MISSING if rate is None else written(f"{_apart(rate * 100, *others)}{NO_BREAK}%")


def _apart(number: Number, *others: Number | None, places: int = 1) -> str:
    """The number with these decimals, or with as many as tell it from each of the others that it differs from."""
    different = [other for other in others if other is not None and not isclose(number, other, abs_tol=1e-9)]
    texts = [(f"{number:z,.{each}f}", [f"{other:z,.{each}f}" for other in different]) for each in range(places, 7)]
    return next((text for text, beside in texts if text not in beside), texts[0][0])


def change(old: int | Fraction, new: int | Fraction) -> str:
    """The change from old to new as a signed percentage of old; "no change" if they are equal."""
    if old == new:
        return gettext("no change")
    return written(f"{float(Fraction(new) / old - 1) * 100:+,.1f}{NO_BREAK}%")


def score(number: Number | None) -> str:
    """A score or its points with one decimal."""
    return MISSING if number is None else written(f"{number:.1f}")


def hundredths(number: Number | None) -> str:
    """A ratio with two decimals."""
    return MISSING if number is None else written(f"{number:.2f}")


def figure(number: Number | None, unit: str, beside: Number | None = None) -> str:
    """A figure in its unit, which is one of a page or of a KPI: a rate as a percentage, days or points to a tenth; with
    the decimals that tell it from the figure beside it."""
    if unit in FIGURES:
        return FIGURES[unit](number)
    return TENTHS.get(unit, count)(number, beside)


def amount(number: Number | None) -> str:
    """An amount as a whole number; a small one, such as a cost per lead, with cents."""
    return count(number) if number is None or abs(float(number)) >= SMALL else cents(number)


def difference(number: Number | None, unit: str) -> str:
    """How much a figure changes, with its sign; that of a rate in percentage points. "no change" if it does not."""
    if number is None:
        return MISSING
    if not number:
        return gettext("no change")
    if unit in ("rate", "points"):
        return _in_points(f"{number * (100 if unit == 'rate' else 1):+,.1f}")
    return written(f"{number:{ {'price': '+,.2f', 'days': '+,.1f'}.get(unit, '+,.0f') }}")


def duration(hours: Number | None) -> str:
    """Hours, without their sign, as minutes below one hour, hours below two days, else days."""
    if hours is None:
        return MISSING
    length = abs(float(hours))
    if length < 1:
        return f"{length * 60:.0f}{NO_BREAK}min"
    return written(f"{length:.1f}{NO_BREAK}h") if length < 48 else _in_days(f"{length / 24:,.0f}")


def minutes(length: Number | None) -> str:
    """Minutes as a duration."""
    return duration(None if length is None else length / 60)


def days(length: Number | None, beside: Number | None = None) -> str:
    """Days with one decimal, or with those that tell them from the figure beside them."""
    return MISSING if length is None else _in_days(_apart(length, beside))


def points(number: Number | None, beside: Number | None = None) -> str:
    """Points from -100 to 100, with one decimal, or with those that tell them from the figure beside them."""
    return MISSING if number is None else _in_points(_apart(number, beside))


def _in_days(figure: str) -> str:
    # The letter is short for days.
    return gettext("%(days)s\u00a0d", days=written(figure))


def _in_points(figure: str) -> str:
    return gettext("%(figure)s\u00a0points", figure=written(figure))


def month(day: date) -> str:
    """October 2026."""
    return gettext("%(month)s %(year)s", month=month_name(day.month), year=f"{day:%Y}")


def short_month(day: date) -> str:
    """Oct 2026."""
    return f"{short_month_name(day.month)} {day:%Y}"


def quarter(day: date, fiscal_start: int = 1) -> str:
    """The quarter of a day, in a fiscal year that starts with that month and is named after its first year: 2026 Q4."""
    year, number = day.year - (day.month < fiscal_start), (day.month - fiscal_start) % 12 // 3 + 1
    return gettext("%(year)s Q%(number)s", year=year, number=number)


def long_date(day: date) -> str:
    """9 October 2026."""
    return gettext("%(day)s %(month)s %(year)s", day=day.day, month=month_name(day.month), year=f"{day:%Y}")


def day_and_month(day: date) -> str:
    """9 October."""
    return gettext("%(day)s %(month)s", day=day.day, month=month_name(day.month))


def short_date(day: date) -> str:
    """09 Oct."""
    return f"{day:%d} {short_month_name(day.month)}"


def short_day(day: date) -> str:
    """Fri."""
    return short_day_name(day.weekday())


TENTHS: dict[str, Callable[[Number | None, Number | None], str]] = {
    "rate": percent,
    "share": percent,
    "ratio": percent,
    "days": days,
    "points": points,
}
FIGURES: dict[str, Callable[[Number | None], str]] = {
    "price": cents,
    "amount": amount,
    "months": score,
    "score": hundredths,
}


def moment(instant: datetime) -> str:
    """Fri 9 Oct 2026, 17:52, in the zone of the instant."""
    return f"{short_day(instant)} {instant.day} {short_month_name(instant.month)} {instant:%Y, %H:%M}"


def short_moment(instant: datetime) -> str:
    """09 Oct 2026, 17:52, in the zone of the instant."""
    month = short_month_name(instant.month)
    return f"{instant.day:02} {month} {instant.year:04}, {instant.hour:02}:{instant.minute:02}"


def lead_page(person_id: str) -> str:
    """The file name of a lead's briefing: safe for any id of a person, and unique."""
    return _page_of(person_id)


def owner_page(owner_id: str) -> str:
    """The file name of an owner's page: safe for any id of an owner, and unique."""
    return _page_of(owner_id)


@lru_cache(REMEMBERED)
def _page_of(key: str) -> str:
    readable = re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-")[:60]
    return f"{readable}-{sha256(key.encode()).hexdigest()[:8]}.html"


def label(name: str) -> str:
    """The name of a stage, lead type, stream or commitment for people: website_form is Website form."""
    text = words(name)
    return text[:1].upper() + text[1:]


def words(name: str) -> str:
    """The same in the middle of a sentence: website form."""
    return " ".join(ACRONYMS.get(word, word) for word in name.split("_"))


FILTERS = [
    *(count, given, cents, percent, figure, difference, hundredths, score, duration, minutes, days, points),
    *(month, short_month, quarter, long_date, day_and_month, short_date, short_day, moment, short_moment),
    *(lead_page, owner_page, label, words, translated),
]


def either(*words: str) -> str:
    """Words of which one is to be chosen; nothing if there are none."""
    first, *others = words or ("",)
    for word in others:
        first = gettext("%(others)s or %(last)s", others=first, last=word)
    return first


def both(*words: str) -> str:
    """Words that hold together; nothing if there are none."""
    first, *others = words or ("",)
    for word in others:
        first = gettext("%(others)s and %(last)s", others=first, last=word)
    return first
