"""What SQL composes in English, read in another language: the sentence without its values is found in the catalogue.

Belongs here: sentences with a named place for each value, and finding which of them a text is. The sentences of reasons
are reasons.py; what is a single word, such as a status, is values.py.

A value is translated if a catalogue has it, a figure gets the separators of the language, and all else stays, as does
what a place of OWN has: a company has written it. The end of a place's name is its kind:

    _word     a value of ours, or several: mql or sql
    _text     a sentence of ours
    _spot     a line of a file, or a row of a sheet; so is each other kind that PARTS or REFUSAL_PARTS have

A sentence is only found if its text or part is known too, and if each value is what its kind allows in KINDS.

A sentence is found by the words between its places. Where these words occur in a value too, the first way of reading
the text counts in which each place has what it can have.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from orchestration.lib.language.found import FOUND
from orchestration.lib.language.places import separated
from orchestration.lib.language.reasons import PARTS, REASONS
from orchestration.lib.language.refusals import REFUSAL_PARTS, REFUSALS
from orchestration.lib.language.spoken import ENGLISH, catalogue, language, later

SENTENCES: tuple[str, ...] = (
    later("the files of %(system)s end on %(date)s"),
    # parts: why a status is not given
    later("%(share)s of the leads have no agreed type"),
    later("%(share)s of the deals are of a kind or stream that nobody has explained"),
    # briefing:
    later("left again, %(reason)s"),
    later("campaign member: %(status)s"),
    # agreement, plan: divisions of lib/quota.py, shares of rpt_owner_shares
    later("%(division)s, rounded up"),
    later("%(division)s = a little over %(below)s, rounded up"),
    later("%(leads)s of %(capacity)s = %(share)s"),
    later("%(leads)s of %(capacity)s = %(share)s; of %(target)s leads %(part)s"),
    later("%(leads)s of %(capacity)s = %(share)s; of %(quota)s %(amount)s"),
    later("%(leads)s of %(capacity)s = %(share)s; of %(target)s leads %(part)s; of %(quota)s %(amount)s"),
    # reviews:
    *FOUND,
    later("season unknown, %(months)s of %(needed)s whole months"),
    # comparisons:
    later("public holidays of %(place)s"),
    # meeting: the figures of a question
    later("%(delivered_figure)s of %(target_figure)s %(currency)s"),
    later("%(share)s of %(cases_figure)s, agreed %(target)s"),
    later("%(count_figure)s, agreed %(target_figure)s"),
    later("%(kept_figure)s of %(due_figure)s kept, agreed %(target)s"),
    later("%(number_figure)s days"),
    later("%(number_figure)s months"),
    later("%(disputes_figure)s open, the oldest since %(date)s"),
    later("Agreed improvement: %(from_stage)s to %(to_stage)s"),
    later("%(entered_figure)s entered x (%(agreed_figure)s agreed - %(measured_figure)s measured) x %(cost_figure)s"),
    later(
        "%(entered_figure)s entered x (%(before_figure)s last period - %(measured_figure)s measured) x %(cost_figure)s"
    ),
    later("%(arithmetic)s in the quarter"),
    later("%(from_stage)s to %(to_stage)s"),
)
PLACE = re.compile(r"%\((\w+)\)s")
# What a company, a system or a file has named itself.
OWN = frozenset(
    [
        *("answer", "calendar", "cell", "channel", "clock", "code", "column", "columns", "currency", "deal_type"),
        *("file", "found", "host", "id", "key", "label", "later_file", "lead_type", "name", "names", "order"),
        *(
            "other_column",
            "other_file",
            "other_label",
            "owner",
            "pipeline",
            "port",
            "promise",
            "record",
            "source",
            "stream",
        ),
        *("table", "variable", "version", "zone"),
    ]
)
# A figure as it is printed, or computed from several.
FIGURE = r"[-\u2212+\d.,%=x/() \u00a0]*\d[ \u00a0%]*"
# A text as Python writes it, between quotes.
QUOTED = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
KINDS = {
    "figure": FIGURE,
    "stage": r"(?:[Ll]ead|MQL|mql|SAL|sal|SQL|sql|[Oo]pportunity|[Cc]ustomer)",
    "number": r"[-\u2212]?\d[\d.,]*",
    "day": r"\d{4}-\d{2}-\d{2}",
    "system": r"[a-z][a-z0-9_]*",
    "column": r"\S+",
    "counts": r"\d+ [a-z]+\([a-z]+\)(?:, \d+ [a-z]+\([a-z]+\))*",
    "grade": r"[A-Z]\d?",
    "spot": r"(?:line|sheet .+, row) \d+|the keys of its objects|the schema of the file",
    "type": r"[a-z][a-z0-9_]*(?:\([\w, ]+\)|[a-z ]*)",
    "quoted": QUOTED,
    "token": r"[\w.-]+",
    "list": rf"{QUOTED}(?:, {QUOTED})*",
}
# Kinds that stay as they are.
KEPT = ("day", "system", "column", "grade", "type", "quoted", "list", "token")
# What a text can be, and each kind of part of another one.
ANY = (*SENTENCES, *REASONS, *REFUSALS)
TEXTS = {
    **REFUSAL_PARTS,
    **PARTS,
    "": ANY,
    "word": (*ANY, *PARTS["word"]),
    "text": (*ANY, *PARTS["text"]),
}
# Of texts that differ from row to row, such as reasons with an id.
REMEMBERED = 10_000
# Ways of reading a text that are tried, so that none that repeats the words of a sentence takes long.
MOST_READINGS = 50


@dataclass(frozen=True)
class Pattern:
    """A sentence as its own words and the names of the places between them."""

    sentence: str
    words: tuple[str, ...]
    names: tuple[str, ...]

    def readings(self, text: str) -> Iterator[dict[str, str]]:
        """What the places can have, so that the sentence is the text; first where its words come first."""
        return self._read(text, len(self.words[0]), 0) if text.startswith(self.words[0]) else iter(())

    def _read(self, text: str, start: int, number: int) -> Iterator[dict[str, str]]:
        """The same of the text from `start` on, where the place of this number begins."""
        if number == len(self.names):
            if start == len(text):
                yield {}
            return
        name, following = self.names[number], self.words[number + 1]
        allowed = _allowed(name)
        for end in _ends(text, start, following, is_last=number + 1 == len(self.names)):
            value = text[start:end]
            if allowed and not allowed.fullmatch(value):
                continue
            for others in self._read(text, end + len(following), number + 1):
                if others.get(name, value) == value:
                    yield {name: value, **others}


def _ends(text: str, start: int, following: str, is_last: bool) -> Iterator[int]:
    """Where a value that has at least one character can end, since these words follow."""
    if is_last:
        end = len(text) - len(following)
        if end > start and text.endswith(following):
            yield end
        return
    end = text.find(following, start + 1)
    while end >= 0:
        yield end
        end = text.find(following, end + 1)


def translated(text: str | None, kind: str = "") -> str:
    """A text of a table in the language that is spoken: as it is if no catalogue has it. Nothing for null.

    With a kind of TEXTS, it is a part of other sentences, and is printed by itself here.
    """
    if not text or language() == ENGLISH:
        return text or ""
    found = _found(language(), text, kind)
    return text if found is None else found


@lru_cache(REMEMBERED)
def _found(language: str, text: str, kind: str = "") -> str | None:
    """The text in a language; None if neither it nor its sentence is known. With a kind, it is of another sentence."""
    exact = catalogue(language).gettext(text)
    if exact != text:
        return exact
    for longest, pattern in _patterns(kind):
        if longest not in text:
            continue
        for reading in islice(pattern.readings(text), MOST_READINGS):
            values = _values(language, reading)
            if values is not None:
                return catalogue(language).gettext(pattern.sentence) % values
    return None


def _values(language: str, reading: Mapping[str, str]) -> dict[str, str] | None:
    """What the places have in a language; None as soon as one of them is not known."""
    values = {}
    for name, value in reading.items():
        found = _value(language, name, value)
        if found is None:
            return None
        values[name] = found
    return values


def _value(language: str, name: str, value: str) -> str | None:
    kind = name.rpartition("_")[2]
    if name in OWN or kind in KEPT:
        return value
    if re.fullmatch(FIGURE, value):
        return separated(value)
    found = _found(language, value, kind if kind in TEXTS else "")
    return value if found is None and (kind == "word" or kind not in TEXTS) else found


@cache
def _patterns(kind: str) -> tuple[tuple[str, Pattern], ...]:
    """Each sentence after the longest text between its places; the one with most words of its own first."""
    by_length = sorted(TEXTS[kind], key=lambda sentence: -len(PLACE.sub("", sentence)))
    patterns = map(_pattern, by_length)
    return tuple((max(pattern.words, key=len), pattern) for pattern in patterns)


def _pattern(sentence: str) -> Pattern:
    parts = PLACE.split(sentence)
    return Pattern(sentence, tuple(piece.replace("%%", "%") for piece in parts[::2]), tuple(parts[1::2]))


@cache
def _allowed(name: str) -> re.Pattern[str] | None:
    """What a place can have: None for any text, which also a company can have written."""
    kind = None if name in OWN else KINDS.get(name.rpartition("_")[2])
    return re.compile(kind, re.DOTALL) if kind else None
