"""Which column points to which record: found by label and checked against the values, or by the values alone.

Belongs here: keys of tables, and references between them. Does not belong here: identity resolution across systems
(the persons' models). Small whole numbers overlap by chance, so what only such numbers suggest is a question.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from orchestration.lib.onboarding.fields import FIELDS, FILES
from orchestration.lib.onboarding.matching import EXCLUDED, Match, own_words
from orchestration.lib.onboarding.profile import Table
from orchestration.lib.onboarding.questions import Answers, OnboardingError, Question
from orchestration.lib.onboarding.reading import Reader
from orchestration.lib.onboarding.texts import folded, forms_of, is_id_label
from orchestration.lib.warehouse.sql import quoted

ENOUGH = 0.9
# Of a column that is called like the key itself: a lead that is in no file does not untie the others.
ENOUGH_OF_ITS_NAME = 0.1
# Records of which one person or account can have many: what names it identifies none of them.
FACTS = ("touchpoints", "activities", "revenue", "ad_spend")
MOST_COLUMNS_OF_A_PAIR = 12
# The entities whose records can be identified by a unique name; a person's name identifies nobody.
NAMED = ("accounts", "owners", "campaigns", "opportunities")


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


def find_key(reader: Reader, match: Match, matches: list[Match], answers: Answers) -> None:
    """Set the table's key: the field that identifies the record, a unique id, a lead's e-mail.

    Else a unique name that other files use; else two columns; else no key. OnboardingError if a person named a column
    that does not identify each row.
    """
    table = match.table
    name = next(name for name, spec in FIELDS[match.entity].items() if spec.kind == "record")
    if match.is_derived:
        return
    if match.whole:
        table.key = match.whole.table.key
        match.fields.pop(name, None)
        return
    unique = [column for column in table.columns if column.filled == column.distinct == table.rows]
    named = match.column(name)
    named_by = {each for columns in match.references.values() for each in columns} if match.entity in FACTS else set()
    ids = [column for column in unique if is_id_label(column.label) and column.name not in named_by]
    if named and named not in unique and answers.volunteered(f"{table.name}.{name}"):
        raise OnboardingError(
            f"--answer {table.name}.{name}={named.label}: {table.rows:,} rows have {named.distinct:,} different values "
            "of it, so it does not identify a row; name another column, or omit the answer"
        )
    if named and named not in unique and match.entity not in FACTS:
        table.notes.append(f"column {named.label} repeats, so it does not identify a row")
    if named in unique:
        table.key = (named.name,)  # type: ignore[union-attr]
    elif ids:
        table.key = (ids[0].name,)
    elif match.entity == "persons" and match.column("email") in unique:
        table.key = (match.fields["email"],)  # The id is its hash: ids are published.
    else:
        table.key = (
            _day_of_spend(reader.connection, match)
            or _name_that_others_use(reader, match, matches)
            or _unique_pair(reader.connection, table)
        )
    if len(table.key) == 1:
        match.fields[name] = table.key[0]
    else:
        match.fields.pop(name, None)


def _name_that_others_use(reader: Reader, match: Match, matches: list[Match]) -> tuple[str, ...]:
    """Return the unique name that a column of another table repeats; empty if there is none."""
    table = match.table
    pointing = {each for columns in match.references.values() for each in columns}
    names = [
        column
        for column in table.columns
        if column.filled == column.distinct == table.rows and not column.is_personal and column.name not in pointing
        and reader.fits(table, column, "text") and not reader.fits(table, column, "instant")
    ]  # fmt: skip
    others = [other for other in matches if other is not match and not (other.whole or other.is_derived)]
    for column in names if match.entity in NAMED else ():
        for other in others:
            for theirs in (each for each in other.table.columns if each.filled):
                if _share(reader.connection, other.table, theirs.name, table, (column.name,)) >= ENOUGH:
                    return (column.name,)
    return ()


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
    filled = sorted(filled, key=lambda column: not is_id_label(column.label))[:MOST_COLUMNS_OF_A_PAIR]
    pairs = (
        (first.name, second.name) for first, second in itertools.combinations(filled, 2) if is_id_label(first.label)
    )
    return next((pair for pair in pairs if _is_unique(connection, table, pair)), ())


def find_links(reader: Reader, match: Match, matches: list[Match], answers: Answers) -> dict[str, list[Link]]:
    """Return the links of each reference field, best first; one that its values do not confirm is noted instead."""
    found: dict[str, list[Link]] = {}
    for name, columns in match.references.items():
        targets = [other for other in matches if other.entity == FIELDS[match.entity][name].target and not other.whole]
        is_answer = answers.volunteered(f"{match.table.name}.{name}") is not None
        links = [link for column in columns for link in _links_of(reader, match, column, targets, answers)]
        if not links and not is_answer and targets:
            links = _by_values(reader, match, name, targets, answers, found)
        found[name] = links
        linked = {link.column for link in links}
        for column in columns:
            if column not in linked and targets:
                label, files = match.table.column(column).label, ", ".join(t.file for t in targets)
                match.table.notes.append(f"column {label} does not match the records of {files}: not used as a link")
    return found


def _by_values(
    reader: Reader, match: Match, name: str, targets: list[Match], answers: Answers, found: dict[str, list[Link]]
) -> list[Link]:
    """Return the best link that no label suggests: a column whose values are those of a target's key or unique name."""
    used = {*match.fields.values(), *match.table.key, *(link.column for links in found.values() for link in links)}
    used |= {column for columns in match.references.values() for column in columns}
    links = []
    for column in match.table.columns:
        targets_of_label = _targets_of(match, column.label)
        is_named = not targets_of_label or FIELDS[match.entity][name].target in targets_of_label
        is_tried = is_named and (not column.is_number or is_id_label(column.label))
        if column.filled and column.name not in used and column.distinct > 1 and is_tried:
            links += _links_of(reader, match, column.name, targets, answers, by_label=False)
    best = max(links, key=lambda link: (link.is_direct, link.share), default=None)
    return [best] if best else []


def _targets_of(match: Match, label: str) -> set[str]:
    """Return the entities that a label names, in any kind of file: 'Invoice Owner Id' an owner."""
    forms = set(forms_of(label, own_words(match)))
    words = [match.word or match.entity]
    return {
        spec.target
        for fields in FIELDS.values()
        for spec in fields.values()
        if spec.kind == "reference"
        and any(folded(each.replace("{it}", word)) in forms for each in spec.labels for word in words)
    }


def _links_of(
    reader: Reader, match: Match, name: str, targets: list[Match], answers: Answers, by_label: bool = True
) -> list[Link]:
    """Return the best link of a column: its own label decides between several targets, then the share of matches."""
    connection, column = reader.connection, match.table.column(name)
    label = folded(column.label)
    named = [target for target in targets if target.word and folded(target.word) in label]
    links = []
    for target in named or targets:
        ways = [Link(name, target, by, _share(connection, match.table, name, target.table, by)) for by in _ways(target)]
        links += [link for link in ways if link.share >= _enough(label, link)]
    best = max(links, key=lambda link: (link.is_direct, link.share), default=None)
    if best is None:
        return []
    # Leads and contacts are different records, and their numbers often have the same range.
    names_other_file = not named and any(folded(word) in label for word in FILES["persons"].split())
    is_doubtful = names_other_file and best.target.entity == "persons" and not best.target.is_derived
    key_label = folded(best.target.table.column(best.by[0]).label)
    is_doubtful = is_doubtful or (not by_label and label != key_label)
    if is_doubtful and column.is_number:
        table = best.target.table
        question = (
            f"{match.file}, column {column.label}: {best.share:.0%} of its numbers are also in "
            f"{best.target.file}, which small numbers can be by chance. Does it name a record of that file?"
        )
        if answers.ask(Question(f"{match.table.name}.{name}", question, (table.name, EXCLUDED))) != table.name:
            return []
    return [best]


def _enough(label: str, link: Link) -> float:
    is_its_name = link.is_direct and label == folded(link.target.table.column(link.by[0]).label)
    return ENOUGH_OF_ITS_NAME if is_its_name and is_id_label(link.target.table.column(link.by[0]).label) else ENOUGH


def _ways(target: Match) -> list[tuple[str, ...]]:
    """Return the columns that can identify a record of the target: key, unique columns, an owner's first and last name.

    Two people can have one name, so the names of persons identify nobody.
    """
    table = target.table
    names_of_persons = {target.fields.get(f"{part}_name") for part in ("full", "first", "last")}
    ways: list[tuple[str, ...]] = [table.key] if len(table.key) == 1 else []
    ways += [
        (column.name,)
        for column in table.columns
        if column.filled == column.distinct == table.rows
        and (column.name,) != table.key
        and not (target.entity == "persons" and column.name in names_of_persons)
    ]
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
