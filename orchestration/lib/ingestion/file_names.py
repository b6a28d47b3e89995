"""What the name of a file tells: a date, the number that a browser adds, and what it is an export of.

Belongs here: reading the text of a path. Does not belong here: which of two files is newer (`order.py`).
Months are known by their names in English, Italian, Portuguese, Spanish, German and French.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

Span = tuple[datetime, datetime]  # the first and the last instant that a date can mean

MONTHS = (
    ("january", "gennaio", "janeiro", "enero", "januar", "janvier", "jaenner"),
    ("february", "febbraio", "fevereiro", "febrero", "februar", "fevrier"),
    ("march", "marzo", "marco", "maerz", "marz", "mars"),
    ("april", "aprile", "abril", "avril"),
    ("may", "maggio", "maio", "mayo", "mai"),
    ("june", "giugno", "junho", "junio", "juni", "juin"),
    ("july", "luglio", "julho", "julio", "juli", "juillet"),
    ("august", "agosto", "aout"),
    ("september", "settembre", "setembro", "septiembre", "septembre"),
    ("october", "ottobre", "outubro", "octubre", "oktober", "octobre"),
    ("november", "novembre", "novembro", "noviembre"),
    ("december", "dicembre", "dezembro", "diciembre", "dezember", "decembre"),
)
TIME = r"(?:[t _-]+(?P<hour>[01]\d|2[0-3])[-:._h]?(?P<minute>[0-5]\d)(?:[-:._m]?(?P<second>[0-5]\d))?(?:\d{3}|z)?)?"
SEPARATOR, YEAR, WORD, END = r"[-_. ]", r"(?P<year>20\d\d)", r"(?P<word>[a-z]{3,10})", r"(?!\d)"
# Tried in this order; what one of them has matched is not matched again.
PATTERNS = tuple(
    re.compile(rf"(?<!\d){pattern}{END}")
    for pattern in (
        rf"{YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01]){TIME}",
        rf"{YEAR}{SEPARATOR}(?P<month>\d\d?){SEPARATOR}(?P<day>\d\d?){TIME}",
        rf"(?P<first>\d\d?){SEPARATOR}(?P<second_part>\d\d?){SEPARATOR}{YEAR}{TIME}",
        rf"(?P<day>\d\d?)(?:er)?[-_. ]{{0,2}}(?:de |di )?{WORD}{SEPARATOR}?(?:de |di )?{YEAR}",
        rf"(?<![a-z]){WORD}{SEPARATOR}?(?P<day>\d\d?)[-_., ]+{YEAR}",
        rf"(?<![a-z]){WORD}{SEPARATOR}?(?:de |di )?{YEAR}",
        rf"{YEAR}{SEPARATOR}?{WORD}(?![a-z])(?:{SEPARATOR}(?P<day>\d\d?))?",
        rf"{YEAR}{SEPARATOR}?q(?P<quarter>[1-4])",
        rf"(?<![a-z])q(?P<quarter>[1-4]){SEPARATOR}?{YEAR}",
        rf"{YEAR}(?P<month>0[1-9]|1[0-2])",
        rf"{YEAR}{SEPARATOR}(?P<month>\d\d?)",
        rf"(?P<month>\d\d?){SEPARATOR}{YEAR}",
        r"(?P<epoch>1[4-9]\d{8})(?:\d{3})?",
        YEAR,
    )
)
BROWSER = re.compile(r"^(?P<base>.*?) ?\((?P<number>\d{1,3})\)$")


@dataclass(frozen=True)
class FileName:
    """A path below the exports folder, lower-cased: its parts that count for the order of exports.

    `readings` has the last date of the path, as day-month and as month-day where both are possible; empty without one.
    """

    stem: str  # without endings, dates and numbers: files of one stem are exports of one thing
    base: str  # without endings and the browser's number
    number: int  # of `deals (2).csv`; 0 without one
    readings: tuple[Span, ...]


@cache
def read_name(file: str) -> FileName:
    """Return what the path tells."""
    folder, _, name = _plain(file).rpartition("/")
    name = re.sub(r"(\.[a-z-]+\d?)+$", "", name)
    numbered = BROWSER.match(name)
    base = f"{folder}/{numbered['base'] if numbered else name}"
    rest, found = _dates(base)
    stem = re.sub(r"[\W_]+", " ", re.sub(r"\n+", " ", rest)).strip()
    return FileName(stem, base, int(numbered["number"]) if numbered else 0, max(found, default=(0, ()))[1])


def dates_in(text: str) -> list[tuple[Span, ...]]:
    """Return the readings of each date of a sentence, such as the period in the title of a report, in their order."""
    return [readings for _, readings in sorted(_dates(_plain(text).replace("/", "-"))[1])]


def bare_name(name: str) -> str:
    """Return the name without the browser's number and without dates: `lead.csv` for `Lead 2026-10-05 (1).csv`."""
    endings = re.search(r"(\.[a-z-]+\d?)+$", name.lower())
    ending = endings[0] if endings else ""
    text = re.sub(r" ?\(\d{1,3}\)", "", name.lower().removesuffix(ending))
    for pattern in PATTERNS:
        text = pattern.sub(lambda match: "" if _readings(match) else match[0], text)
    return text.strip(" -_.") + ending


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _dates(text: str) -> tuple[str, list[tuple[int, tuple[Span, ...]]]]:
    """Return the text with the dates in it cut out, and where each ends, with its readings."""
    found = []
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            if readings := _readings(match):
                found.append((match.end(), readings))
                text = text[: match.start()] + "\n" * len(match[0]) + text[match.end() :]
    return text, found


def _readings(match: re.Match[str]) -> tuple[Span, ...]:
    parts = match.groupdict()
    if parts.get("epoch"):
        moment = datetime.fromtimestamp(int(parts["epoch"]), UTC).replace(tzinfo=None)
        return ((moment, moment),)
    year = int(parts["year"])
    if parts.get("quarter"):
        last = 3 * int(parts["quarter"])
        return ((datetime(year, last - 2, 1), _end(year, last)),)
    if parts.get("first"):
        first, second = int(parts["first"]), int(parts["second_part"])
        orders = [(second, first), (first, second)] if first != second else [(first, second)]
        found = (_span(year, month, day, parts) for month, day in orders)
        return tuple(span for span in found if span)
    if parts.get("word"):
        month = _month(parts["word"])
        return _only(_span(year, month, int(parts["day"]) if parts.get("day") else None, parts)) if month else ()
    month = int(parts["month"]) if parts.get("month") else None
    return _only(_span(year, month, int(parts["day"]) if parts.get("day") else None, parts))


def _only(span: Span | None) -> tuple[Span, ...]:
    return (span,) if span else ()


def _span(year: int, month: int | None, day: int | None, parts: dict[str, str | None]) -> Span | None:
    if month is None:
        return datetime(year, 1, 1), _end(year, 12)
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= monthrange(year, month)[1]):
        return None
    if day is None:
        return datetime(year, month, 1), _end(year, month)
    start = datetime(year, month, day, int(parts.get("hour") or 0), int(parts.get("minute") or 0))
    if parts.get("second"):
        return (start.replace(second=int(parts["second"] or 0)),) * 2
    length = timedelta(minutes=1) if parts.get("hour") else timedelta(days=1)
    return start, start + length - timedelta(seconds=1)


def _end(year: int, month: int) -> datetime:
    return datetime(year, month, monthrange(year, month)[1], 23, 59, 59)


def _month(word: str) -> int | None:
    found = {number for number, names in enumerate(MONTHS, 1) if any(name.startswith(word) for name in names)}
    return found.pop() if len(found) == 1 else None
