"""From the labels of a file to the declared columns of its table.

Belongs here: which delimiter a header uses, which label is which column, and what is wrong with a header.
Does not belong here: how labels are compared (`fold_label` in `sources.py`), and the records below.
"""

import csv
import difflib
import io
from dataclasses import dataclass

from orchestration.lib.ingestion.content import Refused
from orchestration.lib.sources import Column, SourceTable, fold_label

DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Header:
    """The labels of a file, and where each declared column stands among them, counted from 0."""

    labels: tuple[str, ...]
    places: dict[str, int]  # declared column name -> position
    undeclared: tuple[str, ...]
    missing: tuple[str, ...]  # declared columns, none of them required, that the file does not have


def split_header(text: str, table: SourceTable) -> tuple[str, list[str]]:
    """Return (delimiter, labels) of the header record.

    The delimiter is the one that yields most declared labels, among equals most labels. A cell
    without text is called `column <n>`, as spreadsheets leave such columns behind.
    """
    known = set(_columns_by_label(table))
    splits = []
    for delimiter in DELIMITERS:
        try:
            cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error as error:
            raise Refused(f"line 1: the header cannot be read ({error}); export the file again") from error
        labels = [cell.strip() or f"column {number}" for number, cell in enumerate(cells, start=1)]
        splits.append((sum(fold_label(label) in known for label in labels), len(labels), delimiter, labels))
    _, _, delimiter, labels = max(splits, key=lambda split: split[:2])
    return delimiter, labels


def match_labels(labels: list[str], table: SourceTable, where: str) -> Header:
    """Return the header of these labels, found at `where`.

    Raises Refused for a label twice or a required column missing.
    """
    columns = _columns_by_label(table)
    seen: dict[str, int] = {}
    for place, label in enumerate(labels):
        name = columns[fold_label(label)].name if fold_label(label) in columns else "undeclared " + fold_label(label)
        if name in seen:
            raise Refused(
                f"{where}, columns {seen[name] + 1} and {place + 1}: labels {labels[seen[name]]!r} and "
                f"{label!r} mean the same column; take one of them out of the export"
            )
        seen[name] = place
    places = {column.name: seen[column.name] for column in table.columns if column.name in seen}
    absent = [column for column in table.columns if column.name not in places]
    required = [column for column in absent if column.required]
    if required:
        raise Refused(f"{where}: " + "; ".join(_missing(column, labels, table, places) for column in required))
    undeclared = tuple(label for label in labels if fold_label(label) not in columns)
    return Header(tuple(labels), places, undeclared, tuple(column.name for column in absent))


def _columns_by_label(table: SourceTable) -> dict[str, Column]:
    return {fold_label(label): column for column in table.columns for label in (column.name, *column.labels)}


def _missing(column: Column, labels: list[str], table: SourceTable, places: dict[str, int]) -> str:
    accepted = [column.name, *column.labels]
    problem = f"required column {column.name} is missing; accepted labels are {', '.join(map(repr, accepted))}"
    if not places and any(column.personal for column in table.columns):
        # A file without header shows persons here, and a refusal is printed and logged.
        return f"{problem}; none of the {len(labels)} cells found is a declared label: add the header line"
    taken = set(places.values())
    by_folded = {fold_label(label): label for place, label in enumerate(labels) if place not in taken}
    near = [
        match for name in accepted for match in difflib.get_close_matches(fold_label(name), by_folded, n=1, cutoff=0.6)
    ]
    hint = f"; nearest is {by_folded[near[0]]!r}: rename it, or declare it under labels" if near else ""
    return f"{problem}; found {', '.join(map(repr, labels))}{hint}"
