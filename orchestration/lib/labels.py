"""The form in which the labels of headers, the names of files and those of people are compared.

Belongs here: what makes two spellings one, and the one line that a person gives to a command. Does not belong here:
which labels a column has (`source_tables.py`, and `systems/languages.py` for other languages), and finding them in a
file (`ingestion/header.py`).
"""

import unicodedata
from functools import cache

# What a report that is exported as it is formatted writes behind the label by which its rows are sorted.
SORTED = "↑↓"
STRAIGHT_QUOTES = str.maketrans("‘’‚′“”„″«»", '\'\'\'\'""""""')


def straight_label(label: str) -> str:
    """Return the label in the form that patterns match: composed, without invisible letters, with straight quotes."""
    if not label.isascii():
        kinds = {letter: unicodedata.category(letter) for letter in label}
        label = "".join(" " if kinds[letter] == "Zs" else letter for letter in label if kinds[letter] != "Cf")
    return unicodedata.normalize("NFC", label.strip().rstrip(SORTED).rstrip()).translate(STRAIGHT_QUOTES)


@cache
def fold_label(label: str) -> str:
    """Return the label in the form in which labels are compared: straight quotes, no case, accents or double blanks."""
    return fold_text(" ".join(straight_label(label).split()))


def fold_text(text: str) -> str:
    """Return the text without case and accents, which file systems and tools write in several ways, or drop."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def folded_name(name: str) -> str:
    """Return the name of a person in the form in which names are compared: no case, no double blanks."""
    return " ".join(name.casefold().split())


def one_line(text: str, longest: int) -> str | None:
    """Return the text with single blanks; None if it is empty, too long, or has letters that nobody sees."""
    words = " ".join(text.split())
    return words if words.isprintable() and 0 < len(words) <= longest else None
