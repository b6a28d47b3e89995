"""What SQL composes in English, read in another language: the sentence without its values is found in the catalogue.

Belongs here: the sentences, with a named place for each value, and finding which of them a text is. What is a single
word, such as a status, is values.py.
"""

import re
from functools import cache

from orchestration.lib.language.places import separated
from orchestration.lib.language.spoken import ENGLISH, catalogue, language, later

SENTENCES: tuple[str, ...] = (
    later("the files of %(system)s end on %(date)s"),
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
# What a company has named itself.
OWN = frozenset({"name", "channel", "lead_type"})
# What is not any text, by how the name of its place ends: a printed figure, or several with their arithmetic; a stage.
ONLY = {
    "_figure": r"[-\u2212+\d.,%=x() \u00a0]*\d[ \u00a0%]*",
    "_stage": r"(?:[Ll]ead|MQL|mql|SAL|sal|SQL|sql|[Oo]pportunity|[Cc]ustomer)",
}


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
            values = {name: value if name in OWN else _value(value) for name, value in match.groupdict().items()}
            return catalogue(language).gettext(message) % values
    return text


def _value(text: str) -> str:
    return separated(text) if re.fullmatch(ONLY["_figure"], text) else translated(text)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Of each sentence what it looks like with its values; the one with most words of its own first."""
    by_length = sorted(SENTENCES, key=lambda sentence: -len(PLACE.sub("", sentence)))
    return tuple((sentence, re.compile(_pattern(sentence), re.DOTALL)) for sentence in by_length)


def _pattern(sentence: str) -> str:
    parts = PLACE.split(sentence)
    fixed = [re.escape(part.replace("%%", "%")) for part in parts[::2]]
    places = [f"(?P<{name}>{_allowed(name)})" for name in parts[1::2]]
    return "".join(part + place for part, place in zip(fixed, places, strict=False)) + fixed[-1]


def _allowed(place: str) -> str:
    return next((pattern for end, pattern in ONLY.items() if place.endswith(end)), ".+?")
