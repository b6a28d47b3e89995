"""What SQL composes in English, read in another language: the sentence without its values is found in the catalogue.

Belongs here: the sentences, with a named place for each value, and finding which of them a text is. What is a single
word, such as a status, is values.py.
"""

import re
from functools import cache

from orchestration.lib.language.spoken import ENGLISH, catalogue, language, later

SENTENCES: tuple[str, ...] = (
    later("the files of %(system)s end on %(date)s"),
    # parts: why a status is not given
    later("%(share)s of the leads have no agreed type"),
    later("%(share)s of the deals are of a kind or stream that nobody has explained"),
    # briefing:
    later("left again, %(reason)s"),
    later("campaign member: %(status)s"),
    # funnel:
    later("%(entered)s entered x (%(agreed)s agreed - %(measured)s measured) x %(rest)s"),
    later("%(entered)s entered x (%(before)s last period - %(measured)s measured) x %(rest)s"),
    # agreement, plan: divisions of lib/quota.py, shares of rpt_owner_shares
    later("%(division)s, rounded up"),
    later("%(division)s = a little over %(below)s, rounded up"),
    later("%(leads)s of %(capacity)s = %(share)s"),
    later("%(leads)s of %(capacity)s = %(share)s; of %(target)s leads %(part)s"),
    later("%(leads)s of %(capacity)s = %(share)s; of %(quota)s %(amount)s"),
    later("%(leads)s of %(capacity)s = %(share)s; of %(target)s leads %(part)s; of %(quota)s %(amount)s"),
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
