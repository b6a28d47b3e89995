"""What of a cell can name a person, in the form in which two are compared: ids, e-mails, names, phone numbers.

Belongs here: SQL expressions over one text. Does not belong here: which of them are forgotten (`matching.py`).
"""

from collections.abc import Iterable

from orchestration.lib.warehouse.sql import literal

# As the macro email_pattern has it.
MARKS = r"\s;,|<>()\"\[\]:@"
EMAIL = rf"[^{MARKS}/'][^{MARKS}]*@[^{MARKS}?/]*[^{MARKS}?/.']"
# As it is in the middle of an address of a page, or beside other marks.
PLAIN_EMAIL = r"[\p{L}\p{N}._+-]+@[\p{L}\p{N}.-]*[\p{L}\p{N}]"
WORD = r"[\p{L}\p{M}'’]+"
PHONE = r"\+?\d[\d ()./-]{5,}\d"
# One number has several prefixes: +39, 0039, none.
DIGITS, FEWEST_DIGITS = 9, 7
# The most words of a name that are compared.
LONGEST_NAME = 4
# Of a shorter id, the same digits are in many cells.
SHORTEST_ID = 4
# An id of a lead or a contact of Salesforce has three more letters that a tool may drop.
LONG_ID = r"^(00[Q3][0-9A-Za-z]{12})[0-9A-Za-z]{3}$"


def one_of(texts: Iterable[str]) -> str:
    """A list of texts."""
    return f"[{', '.join(map(literal, sorted(texts)))}]::varchar[]"


def ids(text: str) -> str:
    """The ids of a cell that has one, or a list of them."""
    parts = f"list_append({parts_of(text)}, trim({text}))"
    return f"list_distinct(list_transform({parts}, lambda part: {folded_id('part')}))"


def parts_of(text: str) -> str:
    """The parts of a list in a cell."""
    return f"list_filter(list_transform(string_split({text}, ';'), lambda part: trim(part)), lambda part: part != '')"


def folded_id(text: str) -> str:
    """The id without what a tool may drop."""
    return rf"regexp_replace({text}, {literal(LONG_ID)}, '\1')"


def words_like_ids(text: str) -> str:
    """The words of a text that can be ids."""
    found = f"regexp_extract_all({text}, '[0-9A-Za-z]{{{SHORTEST_ID},}}')"
    return f"list_transform({found}, lambda part: {folded_id('part')})"


def emails(text: str) -> str:
    """The e-mail addresses in a text."""
    written = f"replace(replace(lower({text}), '%3d', '='), '%40', '@')"
    found = (f"regexp_extract_all({written}, {literal(pattern)})" for pattern in (EMAIL, PLAIN_EMAIL))
    return f"list_concat({', '.join(found)})"


def names(text: str) -> str:
    """Each two to four words that follow one another in a text, as a name is written."""
    words = f"regexp_extract_all(lower({text}), {literal(WORD)})"
    grams = (
        f"list_transform(range(1, len({words}) - {length - 2}), lambda place: "
        f"list_aggregate({words}[place:place + {length - 1}], 'string_agg', ' '))"
        for length in range(2, LONGEST_NAME + 1)
    )
    return f"flatten([{', '.join(grams)}])"


def phones(text: str) -> str:
    """The phone numbers in a text, by their last digits."""
    digits = rf"right(regexp_replace(number, '\D', '', 'g'), {DIGITS})"
    found = f"list_transform(regexp_extract_all({text}, {literal(PHONE)}), lambda number: {digits})"
    return f"list_filter({found}, lambda number: length(number) >= {FEWEST_DIGITS})"
