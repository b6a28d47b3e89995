"""Names and labels: comparing them, and quoting them for YAML, SQL and file patterns.

Belongs here: folding and quoting of single texts. Does not belong here: which texts are compared (matching.py).
"""

import re
import unicodedata
from collections.abc import Iterable

import duckdb

from orchestration.lib.onboarding.fields import FILES, NO_WORDS_OF_A_NAME, PLURALS
from orchestration.lib.onboarding.words import BESIDE_AN_END, STAGES
from orchestration.lib.table_checks import RESERVED_COLUMNS

ID_WORDS = ("id", "uuid", "guid", "key", "code", "ref", "no", "number", "kennung")
NUMBERS_OF_PERSONS = ("telefon", "handy", "mobil", "fax", "haus", "ruf", "steuer")
RUN_TOGETHER = {f"{word}id" for words in FILES.values() for word in words.split()}


def words_of(text: str) -> list[str]:
    """Return the lower-case words and numbers of a label, without accents: 'Lead-Owner (e-mail)' has four words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain)
    return re.findall(r"[a-z]+|[0-9]+", split.lower())


def folded(text: str) -> str:
    """Return the label in the form in which synonyms are compared: 'LEADID', 'Lead ID' and 'lead_id' are equal."""
    return "".join(words_of(text))


def forms_of(label: str, own: Iterable[str]) -> list[str]:
    """Return the folded forms of a label, the whole one first.

    Tools write the kind of record before a hyphen ('Deal - Value'), which in a file of deals (`own`) adds nothing, a
    remark in brackets before the label ('(Do Not Modify) Lead') and a unit in brackets behind it ('Amount (EUR)').
    """
    plain = re.sub(r"^\([^)]*\)\s*", "", label)
    parts = re.match(r"(.+?)(?:\s+[-\u2013:|>]\s+|[:.]\s*)(.+)", plain)
    stripped = [parts[2]] if parts and singular(folded(parts[1])) in {folded(word) for word in own} else []
    bare = [re.sub(r"\s*[(\[][^)\]]*[)\]]\s*$", "", text) for text in (*stripped, plain)]
    return list(dict.fromkeys(form for text in (label, plain, *stripped, *bare) if (form := folded(text))))


def is_id_label(label: str) -> bool:
    """Return whether the label names an id, number or code: 'Lead Id', 'LEADID', 'Deal - ID', not 'Paid'."""
    words = words_of(label) or [""]
    last = words[-1]
    is_run_together = label.endswith(("ID", "Id")) or last in RUN_TOGETHER
    is_german = last.endswith(("nummer", "nr")) and not last.startswith(NUMBERS_OF_PERSONS)
    return is_run_together or is_german or words[0] == "id" or last in ID_WORDS


def has_word(text: str, words: str) -> bool:
    """Return whether the text contains one of the words or phrases (separated by |), as whole words."""
    sentence = f" {' '.join(words_of(text))} "
    return any(f" {phrase} " in sentence for phrase in words.split("|"))


def first_with_word(text: str, table: dict[str, str]) -> str | None:
    """Return the first key of a table of words for which the text contains a word."""
    return next((key for key, words in table.items() if has_word(text, words)), None)


def stage_in(label: str, ends: tuple[str, ...] = ("customer", "lost")) -> str | None:
    """Return the stage that a label names, by its words; one of `ends` only where the label has no other words.

    Behind a mark may be the reason of a loss, as in "Lost - price".
    """
    stage = first_with_word(label, STAGES)
    if stage is None or stage not in ends:
        return stage
    texts = (label, re.split(r"\s+[-\u2013]\s+|[:(]", label)[0]) if stage == "lost" else (label,)
    return stage if any(_is_only(text, f"{STAGES[stage]}|{BESIDE_AN_END}", STAGES[stage]) for text in texts) else None


def _is_only(text: str, words: str, needed: str) -> bool:
    """Whether the text consists of these words and phrases and of numbers, and has a needed one."""
    rest = f" {' '.join(words_of(text))} "
    for phrase in sorted(words.split("|"), key=len, reverse=True):
        while f" {phrase} " in rest:
            rest = rest.replace(f" {phrase} ", " ")
    return has_word(text, needed) and all(word.isdigit() for word in rest.split())


def snake_names(labels: Iterable[str]) -> list[str]:
    """Return one column name per label: snake case, unique, without reserved words of SQL and of ingestion."""
    reserved = {
        word
        for (word,) in duckdb.sql(
            "select keyword_name from duckdb_keywords() where keyword_category in ('reserved', 'type_function')"
        ).fetchall()
    }
    names: list[str] = []
    for number, label in enumerate(labels, start=1):
        name = "_".join(words_of(label)) or f"column_{number}"
        if name in reserved or name in RESERVED_COLUMNS or name[0].isdigit():
            name = f"{name}_label" if not name[0].isdigit() else f"column_{name}"
        while name in names:
            name = f"{name}_{number}"
        names.append(name)
    return names


def singular(word: str) -> str:
    """Return the English singular of a word of a file's name, for the words that the tables of words contain."""
    for one, many in PLURALS.items():
        if word == many:
            return one
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) else word


def entity_of(words: Iterable[str]) -> tuple[str | None, str]:
    """Return the entity that the words of a file's name mean, and the word for it: all of them, or the last one."""
    names = [singular(word) for word in words]
    for name in ("_".join(names), *names[-1:]):
        for entity, known in FILES.items():
            if name and name in known.split():
                return entity, name
    return None, ""


def name_words(stem: str, system: str) -> list[str]:
    """Return the words of a file's name that describe its content: 'Leads_export-2026-03' has one."""
    dull = set(NO_WORDS_OF_A_NAME.split()) | {system, *system.split("_")}
    return [word for word in words_of(stem) if not word.isdigit() and word not in dull]


def code_in(text: str) -> str | None:
    """Return what makes a text more than a text where it is written: how a template begins, or a control character."""
    begun = re.search(r"\{[{%#]", text)
    control = next((f"U+{ord(letter):04X}" for letter in text if unicodedata.category(letter) == "Cc"), None)
    return f"'{begun[0]}', with which a template begins" if begun else control and f"the control character {control}"


def yaml_text(text: str) -> str:
    """Return the text as a YAML scalar, quoted only if necessary."""
    if (
        re.fullmatch(r"[A-Za-z][A-Za-z0-9_ /.-]*", text)
        and text.strip() == text
        and text.lower() not in ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
    ):
        return text
    return quoted_text(text)


def quoted_text(text: str) -> str:
    """Return the text as a quoted YAML scalar on one line; what cannot be seen is written as its number."""
    seen = {"\\": "\\\\", '"': '\\"'}
    return '"' + "".join(seen.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in text) + '"'


def sql_text(text: str) -> str:
    """Return the text as a SQL string in which no template begins: '{{' is two strings that are put together."""
    quoted = "'" + text.replace("'", "''") + "'"
    return re.sub(r"\{(?=[{%#])", "{' || '", quoted)
