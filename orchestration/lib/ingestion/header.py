"""From the labels of a file to the declared columns of its table.

Belongs here: which label feeds which column, and what is wrong with a header. Does not belong here: where the header
is (`boundaries.py`), how labels are compared (`fold_label` in `source_tables.py`), and the records below.
"""

import difflib
import re
from dataclasses import dataclass, field

from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.ingestion.shown import is_value, shown_label
from orchestration.lib.labels import fold_label, straight_label
from orchestration.lib.source_tables import Column, SourceTable

# The labels of a column that a message lists.
MOST_SHOWN = 8
MICROS = re.compile(r"(.+?)[ _.]*\(?(?:in )?micros\)?")


@dataclass(frozen=True)
class Header:
    """The labels of a file, and the position of each declared column among them, counted from 0."""

    labels: tuple[str, ...]
    places: dict[str, int]  # declared column name -> position
    undeclared: tuple[str, ...]  # labels that feed no column: undeclared, or a second label of a column
    missing: tuple[str, ...]  # declared columns, none of them required, that the file does not have
    entries: dict[str, dict[str, int]] = field(default_factory=dict)  # declared map -> its entries -> position

    @property
    def is_for_people(self) -> bool:
        """Whether a declared column has a label of several words: an export of a page, and no table of a connector."""
        places = [*self.places.values(), *(place for own in self.entries.values() for place in own.values())]
        return any(" " in self.labels[place].strip() for place in places)


def declared_columns(labels: list[str], table: SourceTable) -> set[str]:
    """Return the names of the declared columns that these labels feed."""
    ranks, maps = _ranks(table), _maps(table)
    found = {fed[0] for label in labels if (fed := _fed(label, ranks))}
    return found | {entry[0] for label in labels if (entry := _entry(label, maps))}


def column_of(label: str, table: SourceTable) -> str:
    """Return the declared column that the label feeds, or else the folded label."""
    return (_fed(label, _ranks(table)) or (fold_label(label), 0))[0]


def match_labels(labels: list[str], table: SourceTable, where: str) -> Header:
    """Return the header of these labels, found at `where`; of two labels of a column, the first declared feeds it.

    Raises Refused for a duplicate label or a missing required column.
    """
    _refuse_twins(labels, table, where)
    ranks, maps = _ranks(table), _maps(table)
    best: dict[str, tuple[int, int]] = {}
    entries: dict[str, dict[str, int]] = {}
    for place, label in enumerate(labels):
        if fed := _fed(label, ranks):
            name, rank = fed
            best[name] = min(best.get(name, (rank, place)), (rank, place))
        elif entry := _entry(label, maps):
            entries.setdefault(entry[0], {}).setdefault(entry[1], place)
    places = {column.name: best[column.name][1] for column in table.columns if column.name in best}
    absent = [column for column in table.columns if column.name not in {*places, *entries}]
    required = [column for column in absent if column.required and column.stand_in not in places]
    if required:
        raise Refused(f"{where}: " + "; ".join(_missing(column, labels, table, places) for column in required))
    used = {*places.values(), *(place for own in entries.values() for place in own.values())}
    undeclared = tuple(label for place, label in enumerate(labels) if place not in used)
    missing = tuple(column.name for column in absent if column.currency_of not in places)
    return Header(tuple(labels), places, undeclared, missing, entries)


def _refuse_twins(labels: list[str], table: SourceTable, where: str) -> None:
    seen: dict[str, int] = {}
    for place, label in enumerate(labels):
        first = seen.setdefault(fold_label(label), place)
        if first != place:
            raise Refused(
                f"{where}, columns {first + 1} and {place + 1}: labels {shown_label(table, labels[first])!r} and "
                f"{shown_label(table, label)!r} mean the same column; take one of them out of the export"
            )


def _ranks(table: SourceTable) -> dict[str, tuple[str, int]]:
    """Return the column of each folded label, and the position of the label in the declaration; with a prefix last."""
    plain = {
        fold_label(label): (column.name, rank)
        for column in table.columns
        if not column.pattern
        for rank, label in enumerate((column.name, *column.labels))
    }
    prefixed = {
        fold_label(f"{prefix}: {label}"): (name, rank + len(plain))
        for prefix in table.prefixes
        for label, (name, rank) in plain.items()
    }
    return prefixed | plain


def is_in_micros(label: str) -> bool:
    """Whether the numbers below the label are millionths."""
    return bool(MICROS.fullmatch(fold_label(label)))


def _fed(label: str, ranks: dict[str, tuple[str, int]]) -> tuple[str, int] | None:
    """Return the column that the label feeds and its rank; last of all, `Cost micros` feeds the column of `Cost`."""
    folded = fold_label(label)
    if folded in ranks:
        return ranks[folded]
    in_micros = MICROS.fullmatch(folded)
    if in_micros and in_micros[1] in ranks:
        return ranks[in_micros[1]][0], len(ranks)
    return None


def _maps(table: SourceTable) -> dict[str, re.Pattern[str]]:
    return {column.name: re.compile(column.pattern, re.IGNORECASE) for column in table.columns if column.pattern}


def _entry(label: str, maps: dict[str, re.Pattern[str]]) -> tuple[str, str] | None:
    """Return (declared map, entry) of a label that a pattern matches; the entry is what the first group captured."""
    for name, pattern in maps.items():
        if (match := pattern.fullmatch(straight_label(label))) and (captured := next(filter(None, match.groups()), "")):
            return name, captured.strip()
    return None


def _missing(column: Column, labels: list[str], table: SourceTable, places: dict[str, int]) -> str:
    accepted = [column.name, *column.labels]
    names = ", ".join(map(repr, accepted[:MOST_SHOWN])) + (
        ", and those of other languages" * (len(accepted) > MOST_SHOWN)
    )
    if column.pattern:
        names = f"labels like {column.pattern.partition('|^')[0]!r}"
    problem = f"required column {column.name} is missing; accepted labels are {names}"
    problem += f"; without it, {column.stand_in} identifies the rows" * bool(column.stand_in)
    if table.has_persons and any(map(is_value, labels)):
        # In a file without a header these cells are personal data, and a refusal is printed and logged.
        known = f"{len(places)} of" if places else "none of"
        return f"{problem}; {known} the {len(labels)} cells found is a declared label: add the header line"
    taken = set(places.values())
    unknown = {fold_label(label): label for place, label in enumerate(labels) if place not in taken}
    near = [
        match for name in accepted for match in difflib.get_close_matches(fold_label(name), unknown, n=1, cutoff=0.6)
    ]
    hint = f"; nearest is {unknown[near[0]]!r}: rename it, or declare it under labels" if near else ""
    if not places:
        hint = f"; none of these labels is declared{_likely(unknown, table)}: rename them, or declare them under labels"
    return f"{problem}; found {', '.join(map(repr, labels))}{hint}"


def _likely(unknown: dict[str, str], table: SourceTable) -> str:
    """Which declared columns the unknown labels may be."""
    ranks = _ranks(table)
    pairs = ((label, difflib.get_close_matches(folded, ranks, n=1, cutoff=0.7)) for folded, label in unknown.items())
    likely = [f"{label!r} may be {ranks[near[0]][0]}" for label, near in pairs if near]
    return f" ({', '.join(likely)})" if likely else ""
