"""What a system writes in other languages: two tables beside its declaration, labels.csv and words.csv.

Belongs here: reading them. `labels.csv` (table, column, language, label, evidence) has the labels of a declared column,
or without a column the words that a file name contains; without a table, a column of that name in any table. The label
of a column with a pattern is a pattern. `words.csv` (kind, label, language, word, evidence) has the system's own option
values, and the one label that staging reads each of them as. Evidence is how it is known: seen on a file, from
documentation, or translated. Does not belong here: the declaration itself (source_tables.py), a company's own words
(its reference files), and comparing labels (ingestion/header.py).
"""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from orchestration.lib.labels import fold_label, fold_text
from orchestration.lib.source_tables import Column, DeclarationError, SourceTable, read_declaration

LABELS, WORDS = "labels.csv", "words.csv"
KNOWN = {
    "language": {"en", "it", "pt", "es", "de", "fr"},
    "evidence": {"seen", "documentation", "translated"},
}
COLUMNS = {
    LABELS: ["table", "column", "language", "label", "evidence"],
    WORDS: ["kind", "label", "language", "word", "evidence"],
}
Words = dict[str, dict[str, list[str]]]


def read_tables(folder: Path, name: str) -> tuple[SourceTable, ...]:
    """The declared tables of the system `name` in `folder`, with the labels of all languages. DeclarationError."""
    tables = read_declaration(folder / "staging" / f"_{name}__sources.yml")
    rows = _read(folder / LABELS)
    found = [[(row, column) for column in _columns(tables, row)] for row in rows]
    for line, (row, fed) in enumerate(zip(rows, found, strict=True), start=2):
        if not fed:
            raise DeclarationError(
                f"{folder / LABELS} line {line}: {row['table'] or 'any table'} has no column {row['column']!r}, or "
                "the system has no such table; write names of the declaration"
            )
    declared = tuple(pattern for table in tables for pattern in (*table.files, *table.utc_files))
    return tuple(_with_labels(table, rows, folder, declared) for table in tables)


def read_words(folder: Path) -> Words:
    """The system's own words: by kind and label, all spellings of the word, folded. DeclarationError."""
    words: Words = {}
    labels: dict[tuple[str, str], str] = {}
    for line, row in enumerate(_read(folder / WORDS), start=2):
        for folded in _foldings(row["word"]):
            before = labels.setdefault((row["kind"], folded), row["label"])
            if before != row["label"]:
                raise DeclarationError(
                    f"{folder / WORDS} line {line}: {row['word']!r} is also a word for {before!r}; remove one"
                )
        of_label = words.setdefault(row["kind"], {}).setdefault(row["label"], [])
        of_label += [folded for folded in _foldings(row["word"]) if folded not in of_label]
    return words


def _read(path: Path) -> list[dict[str, str]]:
    """The rows of one of the two tables; none where the system has no such file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS[path.name]:
            raise DeclarationError(f"{path} line 1: the columns must be {', '.join(COLUMNS[path.name])}")
        rows = list(reader)
    for line, row in enumerate(rows, start=2):
        for column, known in KNOWN.items():
            if row[column] not in known:
                raise DeclarationError(f"{path} line {line}: {column} {row[column]!r}; known are {sorted(known)}")
    return rows


def _columns(tables: Sequence[SourceTable], row: dict[str, str]) -> list[Column | SourceTable]:
    """What a row of labels.csv names: columns, or the table whose file names it describes."""
    own = [table for table in tables if row["table"] in ("", table.name)]
    if not row["column"]:
        return [table for table in own if row["table"]]
    return [column for table in own for column in table.columns if column.name == row["column"]]


def _with_labels(
    table: SourceTable, rows: Sequence[dict[str, str]], folder: Path, declared: tuple[str, ...]
) -> SourceTable:
    """The table with the labels and file words of other languages behind its own."""
    own = [row for row in rows if row["table"] in ("", table.name)]
    taken = {fold_label(label): column.name for column in table.columns for label in (column.name, *column.labels)}
    more: dict[str, list[str]] = {}
    for row in (row for row in own if row["column"]):
        before = taken.setdefault(fold_label(row["label"]), row["column"])
        if before != row["column"] and row["column"] in {column.name for column in table.columns}:
            raise DeclarationError(
                f"{folder / LABELS}: {row['label']!r} of {table.name}.{row['column']} is already a label of {before}"
            )
        more.setdefault(row["column"], []).append(row["label"])
    words = tuple(f"*{fold_text(row['label'])}*" for row in own if not row["column"])
    columns = tuple(_extended(column, more) for column in table.columns)
    return replace(table, words=words, not_words=declared, columns=columns)


def _extended(column: Column, more: dict[str, list[str]]) -> Column:
    labels = more.get(column.name, [])
    if column.pattern:
        return replace(column, pattern="|".join((column.pattern, *labels)))
    known = {fold_label(label) for label in (column.name, *column.labels)}
    return replace(column, labels=(*column.labels, *(label for label in labels if fold_label(label) not in known)))


def _foldings(word: str) -> list[str]:
    """The word as the macro folded_word writes it, with and without its accents."""
    plain = word.lower()
    plain = plain.translate(str.maketrans("", "", " _-()[]{}"))
    return list(dict.fromkeys((plain, fold_text(plain))))
