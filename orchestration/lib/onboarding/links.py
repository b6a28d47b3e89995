"""Which column points to which record: found by label, checked against the values, never by value alone.

Belongs here: keys of tables, and references between them. Does not belong here: identity resolution across systems
(the persons' models). Small whole numbers overlap by chance, so a column needs a matching label before its values are
compared.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from orchestration.lib.onboarding.fields import FIELDS, FILES
from orchestration.lib.onboarding.matching import EXCLUDED, Match
from orchestration.lib.onboarding.profile import Column, Table
from orchestration.lib.onboarding.questions import Answers, OnboardingError, Question
from orchestration.lib.onboarding.texts import folded, words_of
from orchestration.lib.warehouse.sql import quoted

ENOUGH = 0.9
RUN_TOGETHER = {f"{word}id" for words in FILES.values() for word in words.split()}
MOST_COLUMNS_OF_A_PAIR = 12


@dataclass(frozen=True)
class Link:
    """`column` of one match points to `target`, by its key, or by the unique columns `by` (joined by a blank)."""

    column: str
    target: Match
    by: tuple[str, ...]
    share: float

    @property
    def is_direct(self) -> bool:
        """True when the column contains the target's own key."""
        return self.by == self.target.table.key


def find_key(connection: duckdb.DuckDBPyConnection, match: Match, answers: Answers) -> None:
    """Set the table's key: the field that identifies the record, else a unique id, else two columns; else no key.

    OnboardingError if a person named a column that does not identify each row.
    """
    table = match.table
    name = next(name for name, spec in FIELDS[match.entity].items() if spec.kind == "record")
    unique = [column for column in table.columns if column.filled == column.distinct == table.rows]
    named = match.column(name)
    ids = [column for column in unique if is_id(column)]
    if named and named not in unique and answers.volunteered(f"{table.name}.{name}"):
        raise OnboardingError(
            f"--answer {table.name}.{name}={named.label}: {table.rows:,} rows have {named.distinct:,} different values "
            "of it, so it does not identify a row; name another column, or omit the answer"
        )
    if named in unique:
        table.key = (named.name,)  # type: ignore[union-attr]
    elif ids:
        table.key = (ids[0].name,)
    else:
        table.key = _day_of_spend(connection, match) or _unique_pair(connection, table)
    if len(table.key) == 1:
        match.fields[name] = table.key[0]
    else:
        match.fields.pop(name, None)


def is_id(column: Column) -> bool:
    """Return whether the label names an id, number or code: 'Lead Id', 'LEADID', not 'Paid'."""
    last = (words_of(column.label) or [""])[-1]
    is_run_together = column.label.endswith(("ID", "Id")) or last in RUN_TOGETHER
    return is_run_together or last in ("id", "uuid", "guid", "key", "code", "ref", "no", "number")


def _day_of_spend(connection: duckdb.DuckDBPyConnection, match: Match) -> tuple[str, ...]:
    """Return the key of daily spend, so that a day that is exported again is replaced and not added."""
    names = [match.fields[name] for name in ("spend_date", "source_label", "campaign_label") if name in match.fields]
    is_full = all(match.table.column(name).filled == match.table.rows for name in names)
    if match.entity != "ad_spend" or not is_full or not _is_unique(connection, match.table, names):
        return ()
    return tuple(names)


def _is_unique(connection: duckdb.DuckDBPyConnection, table: Table, names: Sequence[str]) -> bool:
    columns = ", ".join(map(quoted, names))
    query = f"select count(*) from (select distinct {columns} from {table.relation})"
    return bool(connection.execute(query).fetchall()[0][0] == table.rows)


def _unique_pair(connection: duckdb.DuckDBPyConnection, table: Table) -> tuple[str, ...]:
    """Return the first two filled columns that together identify a row, without personal ones."""
    filled = [column for column in table.columns if column.filled == table.rows and not column.is_personal]
    filled = sorted(filled, key=lambda column: not is_id(column))[:MOST_COLUMNS_OF_A_PAIR]
    pairs = ((first.name, second.name) for first, second in itertools.combinations(filled, 2) if is_id(first))
    return next((pair for pair in pairs if _is_unique(connection, table, pair)), ())


def find_links(
    connection: duckdb.DuckDBPyConnection, match: Match, matches: list[Match], answers: Answers
) -> dict[str, list[Link]]:
    """Return the links of each reference field, best first; one that its values do not confirm is noted instead."""
    found: dict[str, list[Link]] = {}
    for name, columns in match.references.items():
        targets = [other for other in matches if other.entity == FIELDS[match.entity][name].target]
        links = [link for column in columns for link in _links_of(connection, match, column, targets, answers)]
        found[name] = links
        linked = {link.column for link in links}
        for column in columns:
            if column not in linked and targets:
                label, files = match.table.column(column).label, ", ".join(t.table.files[0].name for t in targets)
                match.table.notes.append(f"column {label} does not match the records of {files}: not used as a link")
    return found


def _links_of(
    connection: duckdb.DuckDBPyConnection, match: Match, name: str, targets: list[Match], answers: Answers
) -> list[Link]:
    """Return the best link of a column: its own label decides between several targets, then the share of matches."""
    column = match.table.column(name)
    label = folded(column.label)
    named = [target for target in targets if target.word and folded(target.word) in label]
    links = []
    for target in named or targets:
        ways = [Link(name, target, by, _share(connection, match.table, name, target.table, by)) for by in _ways(target)]
        links += [link for link in ways if link.share >= ENOUGH]
    best = max(links, key=lambda link: (link.is_direct, link.share), default=None)
    # Leads and contacts are different records, and their numbers often have the same range.
    names_other_file = not named and any(folded(word) in label for word in FILES["persons"].split())
    if best and best.target.entity == "persons" and names_other_file and _are_numbers(connection, match.table, name):
        table = best.target.table
        question = (
            f"{match.table.files[0].name}, column {column.label}: {best.share:.0%} of its numbers are also in "
            f"{table.files[0].name}, which small numbers can be by chance. Does it name a record of that file?"
        )
        if answers.ask(Question(f"{match.table.name}.{name}", question, (table.name, EXCLUDED))) != table.name:
            return []
    return [best] if best else []


def _are_numbers(connection: duckdb.DuckDBPyConnection, table: Table, name: str) -> bool:
    query = f"select bool_and(regexp_full_match({quoted(name)}, '[0-9]+')) from {table.relation}"
    return bool(connection.execute(query).fetchall()[0][0])


def _ways(target: Match) -> list[tuple[str, ...]]:
    """Return the columns that can identify a record of the target: key, unique columns, first and last name."""
    table = target.table
    ways: list[tuple[str, ...]] = [table.key] if len(table.key) == 1 else []
    ways += [(c.name,) for c in table.columns if c.filled == c.distinct == table.rows and (c.name,) != table.key]
    names = tuple(target.fields[name] for name in ("first_name", "last_name") if name in target.fields)
    return [*ways, names] if len(names) == 2 and target.entity == "owners" else ways


def _share(
    connection: duckdb.DuckDBPyConnection, table: Table, column: str, target: Table, by: tuple[str, ...]
) -> float:
    """Return the share of the column's filled cells that identify a record of the target; 0 and - count as empty."""
    name = quoted(column)
    names = f"concat_ws(' ', {', '.join(map(quoted, by))})"
    row = connection.execute(
        f"""
        select count(*), count(*) filter (where {name} in (select {names} from {target.relation}))
        from {table.relation}
        where {name} not in ('0', '-') or {name} in (select {names} from {target.relation})
        """
    ).fetchall()[0]
    return row[1] / row[0] if row[0] else 0.0
