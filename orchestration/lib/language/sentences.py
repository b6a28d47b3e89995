"""What SQL composes in English, read in another language: the sentence without its values is found in the catalogue.

Belongs here: sentences with a named place for each value, and finding which of them a text is. The sentences of reasons
are reasons.py; what is a single word, such as a status, is values.py.

A value is translated if a catalogue has it, a figure gets the separators of the language, and all else stays, as does
what a place of OWN has: a company has written it. The end of a place's name states what else it can be:

    _word     a value of ours, or several: mql or sql
    _text     a sentence or a part of one; the sentence is only found if this one is known too
    _spot     the same, of a line of a file or a row of a sheet
    _counts   the same, of how many records there are: 3 person(s), 2 activity(ies)

and is narrower than any text if it is in KINDS.
"""

import re
from functools import cache, lru_cache

from orchestration.lib.language.found import FOUND
from orchestration.lib.language.places import separated
from orchestration.lib.language.reasons import PARTS, REASONS
from orchestration.lib.language.refusals import REFUSALS, SPOTS
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
        *("calendar", "cell", "channel", "clock", "code", "column", "currency", "deal_type", "file", "id", "label"),
        *("later_file", "lead_type", "name", "order", "other_label", "owner", "pipeline", "promise", "source"),
        *("stream", "version", "where"),
    ]
)
# A figure as it is printed, or computed from several.
FIGURE = r"[-\u2212+\d.,%=x/() \u00a0]*\d[ \u00a0%]*"
KINDS = {
    "figure": FIGURE,
    "stage": r"(?:[Ll]ead|MQL|mql|SAL|sal|SQL|sql|[Oo]pportunity|[Cc]ustomer)",
    "number": r"[-\u2212]?\d[\d.,]*",
    "day": r"\d{4}-\d{2}-\d{2}",
    "system": r"[a-z][a-z0-9_]*",
    "counts": r"\d+ [a-z]+\([a-z]+\)(?:, \d+ [a-z]+\([a-z]+\))*",
    "grade": r"[A-Z]",
    "spot": r"(?:line|sheet .+?, row) \d+",
    "type": r"[a-z][a-z0-9_]*(?:\([\w, ]+\)|[a-z ]*)",
}
# Kinds of which all is known, or the sentence is not found.
WHOLE = ("text", "counts", "spot")
# Of texts that differ from row to row, such as reasons with an id.
REMEMBERED = 10_000


def translated(text: str | None) -> str:
    """A text of a table in the language that is spoken: as it is if no catalogue has it. Nothing for null."""
    if not text or language() == ENGLISH:
        return text or ""
    found = _found(language(), text)
    return text if found is None else found


@lru_cache(REMEMBERED)
def _found(language: str, text: str, is_part: bool = False) -> str | None:
    """The text in a language; None if neither it nor its sentence is known. A part is of another sentence."""
    exact = catalogue(language).gettext(text)
    if exact != text:
        return exact
    for message, pattern in _patterns(is_part):
        if match := pattern.fullmatch(text):
            values = {name: _value(language, name, value) for name, value in match.groupdict().items()}
            if None not in values.values():
                return catalogue(language).gettext(message) % values
    return None


def _value(language: str, name: str, value: str) -> str | None:
    kind = name.rpartition("_")[2]
    if name in OWN or kind in ("day", "system", "grade", "type"):
        return value
    if re.fullmatch(FIGURE, value):
        return separated(value)
    found = _found(language, value, is_part=kind in ("word", *WHOLE))
    return value if found is None and kind not in WHOLE else found


@cache
def _patterns(is_part: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Of each sentence what it looks like with its values; the one with most words of its own first."""
    sentences = (*SENTENCES, *REASONS, *REFUSALS, *((*PARTS, *SPOTS) if is_part else ()))
    by_length = sorted(sentences, key=lambda sentence: -len(PLACE.sub("", sentence)))
    return tuple((sentence, re.compile(_pattern(sentence), re.DOTALL)) for sentence in by_length)


def _pattern(sentence: str) -> str:
    parts = PLACE.split(sentence)
    fixed = [re.escape(part.replace("%%", "%")) for part in parts[::2]]
    places = [f"(?P<{name}>{_allowed(name)})" for name in parts[1::2]]
    return "".join(map("".join, zip(fixed, [*places, ""], strict=True)))


def _allowed(name: str) -> str:
    """What a place can have: any text if a company has written it."""
    return ".+?" if name in OWN else KINDS.get(name.rpartition("_")[2], ".+?")
