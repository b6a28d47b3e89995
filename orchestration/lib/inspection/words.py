"""The words that a company's reference files do not explain, as the last build found them, and rows drafted for them.

Belongs here: which words there are, the known ones that are near, and the rows. The words are counted in SQL
(rpt_unexplained_words); a meaning is written only where the product's list has it, never guessed.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from orchestration.lib.csv_files import seed_rows
from orchestration.lib.inspection.build import PublishedBeforeError
from orchestration.lib.language import gettext
from orchestration.lib.warehouse.sql import APART

QUERY = """
    select reference_file, system, word, second_word, meaning, occurrences
    from reports.rpt_unexplained_words order by attention_place
"""
# By reference file: its columns, then those of the word, of the word beside it, and of the meaning.
COLUMNS = {
    "stage_labels": ("system stage_label stage valid_from valid_to", "stage_label", "", "stage"),
    "activity_labels": (
        "system activity_label outcome_label activity_type activity_class valid_from valid_to",
        "activity_label",
        "outcome_label",
        "activity_type",
    ),
    "channel_rules": (
        "system source_label source_detail channel lead_type valid_from valid_to",
        "source_label",
        "",
        "channel",
    ),
    "stream_labels": ("system stream_label revenue_stream valid_from valid_to", "stream_label", "", "revenue_stream"),
    "deal_kinds": ("system deal_type pipeline kind valid_from valid_to", "deal_type", "pipeline", "kind"),
    "territories": ("country state postcode territory", "country", "", "territory"),
    "reasons": ("system reason_label motive pain valid_from valid_to", "reason_label", "", "motive"),
    "billing_states": ("system record_type state_label meaning", "state_label", "record_type", "meaning"),
    "answer_labels": ("system question answer_label meaning", "answer_label", "question", "meaning"),
}
PRODUCT = {
    "stage_labels": "known_stage_labels",
    "deal_kinds": "known_deal_kinds",
    "billing_states": "known_billing_states",
    "answer_labels": "known_answer_labels",
}
NEAR = 0.8
EXAMPLES = 10  # names of content that are listed for each system: one pattern may explain hundreds
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Word:
    """A word of a system with the rows that contain it; `meaning` is the product's, where it has one."""

    reference_file: str
    system: str
    word: str | None
    second_word: str | None
    meaning: str | None
    rows: int

    @property
    def text(self) -> str:
        """The word as a person reads it."""
        return " with ".join(f'"{each}"' for each in (self.word, self.second_word) if each)


def read_words(connection: duckdb.DuckDBPyConnection) -> list[Word]:
    """The words of the published copy. A Mistake if an earlier version of the project published it."""
    try:
        return [Word(*row) for row in connection.execute(QUERY).fetchall()]
    except duckdb.CatalogException as error:
        raise PublishedBeforeError(
            gettext("an earlier version of this project published the copy; run `smarketing run`")
        ) from error


def parted(words: list[Word]) -> tuple[list[Word], list[Word]]:
    """The words that are listed, and the names of content beyond the examples of their system."""
    listed: list[Word] = []
    others: list[Word] = []
    for word in words:
        same = [each for each in listed if (each.reference_file, each.system) == (word.reference_file, word.system)]
        (listed if word.reference_file in COLUMNS or len(same) < EXAMPLES else others).append(word)
    return listed, others


def fold(word: str) -> str:
    """The word in the form in which two are compared."""
    return word.lower().translate(dict.fromkeys(map(ord, APART)))


def near_words(word: Word, explained: dict[str, Rows]) -> list[str]:
    """The explained words of the file and system that the word may be another spelling of."""
    if word.reference_file not in COLUMNS:
        return []
    _, label, second, _ = COLUMNS[word.reference_file]
    column, written = (label, word.word) if word.word else (second, word.second_word)
    rows = [row for row in explained.get(word.reference_file, []) if row["system"] == word.system]
    rows += list(seed_rows(PRODUCT[word.reference_file])) if word.reference_file in PRODUCT else []
    known = {fold(row.get(column) or ""): row[column] for row in reversed(rows) if row.get(column)}
    near = difflib.get_close_matches(fold(written or ""), known, n=1, cutoff=NEAR)
    return [known[each] for each in near if each != fold(written or "")]


def draft_rows(words: Iterable[Word], explained: dict[str, Rows]) -> dict[str, Rows]:
    """The rows that each file lacks: with the meaning that is known, else an empty one. No patterns."""
    drafts: dict[str, Rows] = {}
    for word in (word for word in words if word.reference_file in COLUMNS):
        columns, label, second, meaning = COLUMNS[word.reference_file]
        row = dict.fromkeys(columns.split(), "") | {"system": word.system, label: word.word or ""}
        row[meaning] = word.meaning or _known_meaning(word, explained)
        if second:
            row[second] = word.second_word or ""
        drafts.setdefault(word.reference_file, []).append(row)
    return drafts


def key_of(reference_file: str) -> tuple[str, ...]:
    """The columns that make a row of the file another one."""
    _, label, second, _ = COLUMNS[reference_file]
    return ("system", label, second) if second else ("system", label)


def lines_to_fill(drafts: dict[str, Rows]) -> int:
    """The number of rows whose meaning a person has to write."""
    return sum(not row[COLUMNS[name][-1]] for name, rows in drafts.items() for row in rows)


def _known_meaning(word: Word, explained: dict[str, Rows]) -> str:
    """The type that the company gives the activity of an outcome; the channel of a source that is called like one."""
    written = fold(word.word or "")
    if word.reference_file == "channel_rules":
        return next((row["channel"] for row in seed_rows("default_channels") if fold(row["channel"]) == written), "")
    rows = explained.get("activity_labels", []) if word.reference_file == "activity_labels" and word.second_word else []
    same = (row for row in rows if (row["system"], fold(row["activity_label"])) == (word.system, written))
    return next((row["activity_type"] for row in same), "")
