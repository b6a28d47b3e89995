"""Which column points to which record: found by label and checked against the values, or by the values alone.

Belongs here: references between tables. Does not belong here: the key of a table (keys.py), and identity resolution
across systems (the persons' models). Small whole numbers overlap by chance, so what only such numbers suggest is a
question.
"""

from dataclasses import dataclass

import duckdb

from orchestration.lib.onboarding.fields import FIELDS, FILES
from orchestration.lib.onboarding.matching import EXCLUDED, Match, own_words
from orchestration.lib.onboarding.profile import Table
from orchestration.lib.onboarding.questions import Answers, Question
from orchestration.lib.onboarding.reading import Reader
from orchestration.lib.onboarding.texts import folded, forms_of, has_word, is_id_label
from orchestration.lib.onboarding.words import NO_IDS
from orchestration.lib.warehouse.sql import quoted

CONVERTED_TO = "converted_record_id"
ENOUGH = 0.9
# Of a column that is called like the key itself: a lead that is in no file does not untie the others.
ENOUGH_OF_ITS_NAME = 0.1


@dataclass(frozen=True)
class Link:
    """`column` of one match points to `target`, by its key, or by the unique columns `by` (joined by a blank).

    A mixed column points to records of several kinds: a value that one of `others` has too points to none.
    """

    column: str
    target: Match
    by: tuple[str, ...]
    share: float
    is_mixed: bool = False
    others: tuple[tuple[Match, tuple[str, ...]], ...] = ()

    @property
    def is_direct(self) -> bool:
        """True when the column contains the target's own key."""
        return self.by == self.target.table.key


def find_links(reader: Reader, match: Match, matches: list[Match], answers: Answers) -> dict[str, list[Link]]:
    """Return the links of each reference field, best first; one that its values do not confirm is noted instead."""
    found: dict[str, list[Link]] = {}
    for name, columns in match.references.items():
        target = FIELDS[match.entity][name].target
        is_other = name == CONVERTED_TO  # A lead is not converted to itself.
        targets = [
            each for each in matches if each.entity == target and not (each.whole or (is_other and each is match))
        ]
        is_answer = answers.volunteered(f"{match.table.name}.{name}") is not None
        links = [link for column in columns for link in _links_of(reader, match, column, targets, answers)]
        if not links and not is_answer and targets and not is_other:
            links = _by_values(reader, match, name, targets, answers, found)
        found[name] = links
        linked = {link.column for link in links}
        for column in columns:
            if column not in linked and targets and match.table.column(column).filled:
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
        is_tried = is_tried and not has_word(column.label, NO_IDS)
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
    if not column.filled:  # Its first values come with a later export: it is called like the key that they name.
        keys = [(each, each.table.column(each.table.key[0])) for each in targets if len(each.table.key) == 1]
        of_label = [each for each, key in keys if folded(key.label) == label and is_id_label(key.label)]
        return [Link(name, target, target.table.key, 0.0) for target in of_label[:1]]
    named = [target for target in targets if target.word and folded(target.word) in label]
    links = []
    for target in named or targets:
        ways = [
            Link(name, target, by, share_of(connection, match.table, name, target.table, by)) for by in ways_of(target)
        ]
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


def ways_of(target: Match) -> list[tuple[str, ...]]:
    """Return the columns that can identify a record of the target: key, unique columns, an owner's first and last name.

    Two people can have one name, so the names of persons identify nobody.
    """
    table = target.table
    names_of_persons = {target.fields.get(f"{part}_name") for part in ("full", "first", "last")}
    ways: list[tuple[str, ...]] = [table.key] if len(table.key) == 1 else []
    ways += [
        (column.name,)
        for column in table.columns
        if table.is_unique(column)
        and (column.name,) != table.key
        and not has_word(column.label, NO_IDS)
        and not (target.entity == "persons" and column.name in names_of_persons)
    ]
    names = tuple(target.fields[name] for name in ("first_name", "last_name") if name in target.fields)
    return [*ways, names] if len(names) == 2 and target.entity == "owners" else ways


def share_of(
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
