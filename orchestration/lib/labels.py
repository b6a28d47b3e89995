"""How the labels of headers are compared, in exports and in declarations.

Belongs here: what makes two labels the same. Does not belong here: which column a label feeds (`ingestion/header.py`),
and the meaning of the labels in cells (the reference files).
"""

import unicodedata

STRAIGHT_QUOTES = str.maketrans("‘’‚′“”„″", "''''\"\"\"\"")


def straight_label(label: str) -> str:
    """Return the label in the form that patterns match: trimmed, without invisible letters, with straight quotes."""
    if not label.isascii():
        kinds = {letter: unicodedata.category(letter) for letter in label}
        label = "".join(" " if kinds[letter] == "Zs" else letter for letter in label if kinds[letter] != "Cf")
    return label.strip().translate(STRAIGHT_QUOTES)


def fold_label(label: str) -> str:
    """Return the label in the form in which labels are compared: with straight quotes, and case-folded."""
    return straight_label(label).casefold()
