"""Printed figures: the filters of the templates.

Belongs here: one number, date or name into text. 0 is a counted figure; a missing figure prints as a dash, with its
reason if the data never had the column or file. Figures are rounded only here, so that every figure on a page is the
figure of the table.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

Number = int | float | Decimal

MISSING = "–"
NOT_IN_DATA = "– not in the data"
SMALL = 1000
NO_BREAK = "\u00a0"
MINUS = "\u2212"
ACRONYMS = {"mql": "MQL", "sal": "SAL", "sql": "SQL"}


def count(number: Number | None) -> str:
    """A whole number with thousands separators; also for amounts shown without cents."""
    return MISSING if number is None else f"{number:,.0f}".replace("-", MINUS)


def given(figure: str, is_in_data: bool) -> str:
    """A printed figure, or "not in the data" if the data never had the column or file that it is counted from."""
    return figure if is_in_data else NOT_IN_DATA


def cents(amount: Number | None) -> str:
    """An amount with two decimals."""
    return MISSING if amount is None else f"{amount:,.2f}".replace("-", MINUS)


def percent(rate: Number | None) -> str:
    """A rate (1 is the whole) as a percentage with one decimal."""
    return MISSING if rate is None else f"{rate * 100:,.1f}{NO_BREAK}%".replace("-", MINUS)


def change(old: int | Fraction, new: int | Fraction) -> str:
    """The change from old to new as a signed percentage of old; "no change" if they are equal."""
    if old == new:
        return "no change"
    return f"{float(Fraction(new) / old - 1) * 100:+,.1f}{NO_BREAK}%".replace("-", MINUS)


def score(number: Number | None) -> str:
    """A score or its points with one decimal."""
    return MISSING if number is None else f"{number:.1f}".replace("-", MINUS)


def hundredths(number: Number | None) -> str:
    """A ratio with two decimals."""
    return MISSING if number is None else f"{number:.2f}".replace("-", MINUS)


def figure(number: Number | None, unit: str) -> str:
    """A figure in its unit, which is one of a page or of a KPI: a rate as a percentage, days or points to a tenth."""
    return FIGURES.get(unit, count)(number)


def amount(number: Number | None) -> str:
    """An amount as a whole number; a small one, such as a cost per lead, with cents."""
    return count(number) if number is None or abs(float(number)) >= SMALL else cents(number)


def difference(number: Number | None, unit: str) -> str:
    """How much a figure changes, with its sign; that of a rate in percentage points. "no change" if it does not."""
    if number is None:
        return MISSING
    if not number:
        return "no change"
    if unit in ("rate", "points"):
        text = f"{number * (100 if unit == 'rate' else 1):+,.1f}{NO_BREAK}points"
    else:
        text = f"{number:{ {'price': '+,.2f', 'days': '+,.1f'}.get(unit, '+,.0f') }}"
    return text.replace("-", MINUS)


def duration(hours: Number | None) -> str:
    """Hours, without their sign, as minutes below one hour, hours below two days, else days."""
    if hours is None:
        return MISSING
    length = abs(float(hours))
    if length < 1:
        return f"{length * 60:.0f}{NO_BREAK}min"
    return f"{length:.1f}{NO_BREAK}h" if length < 48 else f"{length / 24:,.0f}{NO_BREAK}d"


def minutes(length: Number | None) -> str:
    """Minutes as a duration."""
    return duration(None if length is None else length / 60)


def days(length: Number | None) -> str:
    """Days with one decimal."""
    return MISSING if length is None else f"{length:,.1f}{NO_BREAK}d".replace("-", MINUS)


def points(number: Number | None) -> str:
    """Points from -100 to 100, with one decimal."""
    return MISSING if number is None else f"{number:,.1f}{NO_BREAK}points".replace("-", MINUS)


def month(day: date) -> str:
    """October 2026."""
    return f"{day:%B %Y}"


def short_month(day: date) -> str:
    """Oct 2026."""
    return f"{day:%b %Y}"


def quarter(day: date, fiscal_start: int = 1) -> str:
    """The quarter of a day, in a fiscal year that starts with that month and is named after its first year: 2026 Q4."""
    return f"{day.year - (day.month < fiscal_start)} Q{(day.month - fiscal_start) % 12 // 3 + 1}"


def long_date(day: date) -> str:
    """9 October 2026."""
    return f"{day.day} {day:%B %Y}"


FIGURES: dict[str, Callable[[Number | None], str]] = {
    "rate": percent,
    "share": percent,
    "ratio": percent,
    "price": cents,
    "amount": amount,
    "days": days,
    "points": points,
    "months": score,
    "score": hundredths,
}


def moment(instant: datetime) -> str:
    """Fri 9 Oct 2026, 17:52, in the zone of the instant."""
    return f"{instant:%a} {instant.day} {instant:%b %Y, %H:%M}"


def short_moment(instant: datetime) -> str:
    """09 Oct 2026, 17:52, in the zone of the instant."""
    return f"{instant:%d %b %Y, %H:%M}"


def lead_page(person_id: str) -> str:
    """The file name of a lead's briefing: safe for any id of a person, and unique."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", person_id).strip("-")[:60]
    return f"{readable}-{sha256(person_id.encode()).hexdigest()[:8]}.html"


def owner_page(owner_id: str) -> str:
    """The file name of an owner's page: safe for any id of an owner, and unique."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", owner_id).strip("-")[:60]
    return f"{readable}-{sha256(owner_id.encode()).hexdigest()[:8]}.html"


def label(name: str) -> str:
    """The name of a stage, lead type, stream or commitment for people: website_form is Website form."""
    text = words(name)
    return text[:1].upper() + text[1:]


def words(name: str) -> str:
    """The same in the middle of a sentence: website form."""
    return " ".join(ACRONYMS.get(word, word) for word in name.split("_"))


FILTERS = [
    *(count, given, cents, percent, figure, difference, hundredths, score, duration, minutes, days, points),
    *(month, short_month, quarter, long_date, moment, short_moment, lead_page, owner_page, label, words),
]
