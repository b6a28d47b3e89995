"""Plain words: what code, tables, messages and pages call a thing, the field has a word for.

Left the dialect, right the word; a sentence has a subject, a verb and an object. Names that stay are in KEPT.
"""

import re

import pytest

from tests.conventions.test_code import committed, name_of

BANNED = {
    r"\bborne\b": "tolerated",
    r"\bset[ _]apart\b": "rejected",
    r"\bleft[ _]out\b": "excluded; omitted",
    r"\banew\b": "again",
    r"\bso many\b": "N, the number of",
    r"\bby so much\b": "by the difference",
    r"\bshall\b": "must, should",
    r"\bwhoever\b": "a person who, a lead that",
    r"\b(his|him|he)\b": "their, they",
    r"(?<!there )\bis no (?!longer\b)\w+": "is not a",
    r"\b(one|a) (line|row|file|page|table) a \w+": "one row per",
    r"\bmend(ed|ing|s)?\b": "corrected",
    r"\bowed\b": "outstanding; target; due",
    r"\btold\b": "notified; named; stated",
    r"\b(says?|said)\b": "states, contains, names, returns",
    r"\b(stands|lies)\b": "is",
    r"\bwho is who\b": "identity resolution",
    r"\bspells?\b": "assignment",
    r"\bfor want of\b": "because there is no",
    r"\btidings\b": "events",
    r"\bverdicts?\b": "status",
    r"\b(un)?judged\b": "evaluated",
    r"\bframe lines?\b": "non-data line",
    r"\btoo[ _]young\b": "censored",
    r"\bleads? treated\b": "lead worked",
    r"\bin nobody's way\b": "does not block",
    r"\bread aloud\b": "in plain language",
}
# Names that somebody else's files or a home already have, by file; old names in the changelog are what it is for.
KEPT = {
    "CHANGELOG.md": r".*",
    "tests/conventions/test_words.py": r".*",
    "docs/decisions/": r"judged-when-due|guards-judge",
    # A column of dim_target.
    "dbt_project/models/": r"\bowed\b",
    "orchestration/lib/agreement/": r"\bowed\b",
    "orchestration/lib/pages/templates/agreement": r"row\.owed\b",
    "orchestration/lib/pages/templates/plan": r"row\.owed\b",
    "tests/unit/pages/test_pages_plan.py": r"\bowed\b",
    "orchestration/lib/pages/new_terms": r"\.owed\b",
    "tests/end_to_end/test_site_folder": r"\bowed\b",
    "docs/": r"`owed`",
    # A table of the outbox, which is kept between versions.
    "orchestration/lib/notifications/outbox": r"\btold\b",
    "tests/unit/store/test_earlier_homes.py": r"\btold\b",
    # A key of the file beside the project.
    "tests/definitions/test_verdicts_in_time.py": r'"verdict"',
}


def found(text: str, name: str) -> list[str]:
    """The lines with a word of the dialect, with the word to use."""
    kept = "|".join(pattern for start, pattern in KEPT.items() if name.startswith(start)) or r"(?!)"
    return [
        f"{number}: {match[0]!r}: {word}"
        for number, line in enumerate(text.splitlines(), 1)
        for pattern, word in BANNED.items()
        for match in re.finditer(pattern, line, re.IGNORECASE)
        if not re.search(kept, line)
    ]


def test_the_words_are_the_fields() -> None:
    texts = {
        name_of(path): path.read_text(errors="replace")
        for path in committed()
        if path.suffix in (".md", ".py", ".sql", ".yml", ".j2") and "exports" not in path.parts
    }
    assert {name: lines for name, text in texts.items() if (lines := found(text, name))} == {}


@pytest.mark.parametrize("line", ["What is owed", "It is no number", "one row a lead", "He said so", "It SHALL"])
def test_each_word_is_found(line: str) -> None:
    assert found(line, "docs/page.md")


def test_there_is_no_is_plain_english() -> None:
    assert found("There is no file; the table is no longer read", "docs/page.md") == []
