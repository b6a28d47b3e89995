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
from orchestration.lib.warehouse.sql import APART

QUERY = """
    select reference_file, system, word, second_word, meaning, row_count
    from reports.rpt_unexplained_words order by attention_place
"""
# By reference file: the columns of the word and of the second word, and the column of the meaning.
COLUMNS = {
    "stage_labels": ("stage_label", "", "stage"),
    "activity_labels": ("activity_label", "outcome_label", "activity_type"),
    "channel_rules": ("source_label", "", "channel"),
    "stream_labels": ("stream_label", "", "revenue_stream"),
    "deal_kinds": ("deal_type", "pipeline", "kind"),
    "billing_states": ("state_label", "record_type", "meaning"),
}
PRODUCT = {
    "stage_labels": "known_stage_labels",
    "deal_kinds": "known_deal_kinds",
    "billing_states": "known_billing_states",
}
NEAR = 0.8
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
        return " in ".join(f'"{each}"' for each in (self.word, self.second_word) if each)


def read_words(connection: duckdb.DuckDBPyConnection) -> list[Word]:
    """The words of the published copy. A Mistake if an earlier version of the project published it."""
    try:
        return [Word(*row) for row in connection.execute(QUERY).fetchall()]
    except duckdb.CatalogException as error:
        raise PublishedBeforeError(
            "an earlier version of this project published the copy; run `smarketing run`"
        ) from error


def fold(word: str) -> str:
    """The word in the form in which two are compared."""
    return word.lower().translate(dict.fromkeys(map(ord, APART)))


def near_words(word: Word, explained: dict[str, Rows]) -> list[str]:
    """The explained words of the file and system that the word may be another spelling of."""
    label, second, _ = COLUMNS[word.reference_file]
    column, written = (label, word.word) if word.word else (second, word.second_word)
    rows = [row for row in explained.get(word.reference_file, []) if row["system"] == word.system]
    rows += list(seed_rows(PRODUCT[word.reference_file])) if word.reference_file in PRODUCT else []
    known = {fold(row.get(column) or ""): row[column] for row in reversed(rows) if row.get(column)}
    near = difflib.get_close_matches(fold(written or ""), known, n=1, cutoff=NEAR)
    return [known[each] for each in near if each != fold(written or "")]


def draft_rows(words: Iterable[Word], explained: dict[str, Rows]) -> dict[str, Rows]:
    """The rows that each file lacks: with the product's meaning, of an outcome the type of its activity, else empty."""
    drafts: dict[str, Rows] = {}
    for word in words:
        label, second, meaning = COLUMNS[word.reference_file]
        row = {"system": word.system, label: word.word or "", meaning: word.meaning or ""}
        if second:
            row[second] = word.second_word or ""
        if word.reference_file == "activity_labels" and word.second_word:
            row[meaning] = _type_of(word, explained)
        drafts.setdefault(word.reference_file, []).append(row)
    return drafts


def key_of(reference_file: str) -> tuple[str, ...]:
    """The columns that make a row of the file another one."""
    label, second, _ = COLUMNS[reference_file]
    return ("system", label, second) if second else ("system", label)


def lines_to_fill(drafts: dict[str, Rows]) -> int:
    """The number of rows whose meaning a person has to write."""
    return sum(not row[COLUMNS[name][2]] for name, rows in drafts.items() for row in rows)


def _type_of(word: Word, explained: dict[str, Rows]) -> str:
    rows = explained.get("activity_labels", [])
    same = [row for row in rows if (row["system"], fold(row["activity_label"])) == (word.system, fold(word.word or ""))]
    return same[0]["activity_type"] if same else ""
