"""Which columns identify a record of a table: its own id, a lead's e-mail, a name that others use, or two columns.

Belongs here: keys. Does not belong here: references between tables (links.py). A value identifies a record if no row of
the same export has it again: a later export has the same records once more, and the newest of them counts. That the
values of a few rows differ proves nothing: the label has to name an id of the record, or it is a question.
"""

import itertools
import re
from collections.abc import Sequence

from orchestration.lib.onboarding.column_types import BEGINNINGS
from orchestration.lib.onboarding.fields import FIELDS
from orchestration.lib.onboarding.links import ENOUGH, share_of
from orchestration.lib.onboarding.matching import EXCLUDED, Match, own_words
from orchestration.lib.onboarding.profile import Column, Table
from orchestration.lib.onboarding.questions import Answers, OnboardingError, Question
from orchestration.lib.onboarding.reading import MOSTLY, Reader
from orchestration.lib.onboarding.texts import ID_WORDS, folded, has_word, is_id_label, words_of
from orchestration.lib.onboarding.words import CONVERTED, NO_IDS, OF_ANY_ID, ROWS
from orchestration.lib.warehouse.sql import quoted

# Records of which one person or account can have many: what names it identifies none of them.
FACTS = ("touchpoints", "activities", "opportunities", "revenue", "ad_spend")
MOST_COLUMNS_OF_A_PAIR = 12
# The entities whose records can be identified by a unique name; a person's name identifies nobody.
NAMED = ("accounts", "owners", "campaigns", "opportunities")
# What a later export has otherwise cannot be in a key.
CHANGING = (
    *("stage_label", "status_label", "outcome_label", "amount", "closed_at", "won_at", "lost_at", "lost_reason"),
    *("recorded_at", "due_at", "type_label", "touch_label", "impressions", "clicks", "conversions"),
)
SAME, DIFFERENT = "same", "different"


def record_field(match: Match) -> str:
    """Return the field that identifies a record."""
    return next(name for name, spec in FIELDS[match.entity].items() if spec.kind == "record")


def find_key(reader: Reader, match: Match, matches: list[Match], answers: Answers) -> None:
    """Set the table's key: the field that identifies the record, its own unique id, a lead's e-mail.

    Else a unique name that other files use; else an id that is asked about; else two columns; else no key.
    OnboardingError if a person named a column that does not identify each row.
    """
    table = match.table
    name = record_field(match)
    if match.is_derived:
        return
    if match.whole:
        table.key = match.whole.table.key
        match.fields.pop(name, None)
        return
    named, answer = match.column(name), answers.volunteered(f"{table.name}.{name}")
    is_named = named is not None and table.is_unique(named)
    if named and not is_named and answer:
        raise OnboardingError(
            f"--answer {table.name}.{name}={named.label}: {table.rows:,} rows have {named.distinct:,} different values "
            "of it, so it does not identify a row; name another column, or omit the answer"
        )
    if named and not is_named and match.entity not in FACTS:
        table.notes.append(f"column {named.label} repeats, so it does not identify a row")
    ids = [] if answer == EXCLUDED else _ids(match)
    own = [each for each in ids if _is_own(match, each.label) or _is_shared(match, each, matches)]
    email = _email(match)
    if named and is_named:
        key: tuple[str, ...] = (named.name,)
    elif own:
        key = (own[0].name,)
    elif email and table.is_unique(email):
        key = (email.name,)  # The id is its hash: ids are published.
    else:
        key = _day_of_spend(reader, match) or _name_that_others_use(reader, match, matches)
        key = key or _asked(match, name, [each for each in ids if each not in own], answers)
        key = key or _unique_pair(reader, match)
    table.key = key if _is_one_record(reader, match, key, answers) else ()
    if len(table.key) == 1:
        match.fields[name] = table.key[0]
    else:
        match.fields.pop(name, None)


def _ids(match: Match) -> list[Column]:
    """Return the unique columns that are called an id and are of no other record, person or place."""
    named_by = {each for columns in match.references.values() for each in columns} if match.entity in FACTS else set()
    table, used = match.table, {*named_by, *match.fields.values()}
    return [
        column
        for column in table.columns
        if table.is_unique(column) and is_id_label(column.label)
        and not has_word(column.label, f"{NO_IDS}|{ROWS}|{CONVERTED}")
        and not column.is_personal and column.name not in used
    ]  # fmt: skip


def _is_own(match: Match, label: str) -> bool:
    """Whether a label names an id of the record itself: it has the words for the record, and no others."""
    own = {word for words in own_words(match) for word in words_of(words)} | {*ID_WORDS, *OF_ANY_ID.split("|")}
    rest = [word for word in words_of(label) if word not in own]
    german = rf"({'|'.join(map(folded, own_words(match)))})?(s|n|en)?(nummer|nr|id)"
    return not rest or (len(rest) == 1 and re.fullmatch(german, rest[0]) is not None)


def _is_shared(match: Match, column: Column, matches: list[Match]) -> bool:
    """Whether records of other files name this entity by a column that is called the same: 'Customer Id' of a lead."""
    label, sellers = folded(column.label), match.references.get("owner_record_id", [])
    names_it = any(
        spec.target == match.entity and any(folded(each) == label for each in spec.labels)
        for fields in FIELDS.values()
        for spec in fields.values()
    )
    others = [each for other in matches if other is not match for each in other.table.columns]
    return names_it and column.name not in sellers and any(folded(each.label) == label for each in others)


def _email(match: Match) -> Column | None:
    """Return the unique e-mail of persons, whatever its label is beside that word."""
    if match.entity != "persons":
        return None
    called = [each for each in match.table.columns if each.is_personal and has_word(each.label, "email|e mail|mail")]
    named = match.column("email")
    return next((each for each in ([named] if named else called) if match.table.is_unique(each)), None)


def _asked(match: Match, name: str, ids: list[Column], answers: Answers) -> tuple[str, ...]:
    """Ask whether a unique id is that of the record: of a few rows, the ids of something else differ too."""
    labels = [column.label for column in ids]
    if not ids or match.entity == "ad_spend":
        return ()
    text = (
        f"No column of {match.file} is known to be {FIELDS[match.entity][name].means}. Which one identifies a record, "
        "in later exports too?"
    )
    answer = answers.ask(Question(f"{match.table.name}.{name}", text, (*labels, EXCLUDED)))
    return tuple(column.name for column in ids if column.label == answer)[:1]


def _is_one_record(reader: Reader, match: Match, key: tuple[str, ...], answers: Answers) -> bool:
    """Whether rows of two exports with the same key are the same record; asked where their dates differ.

    Without a key, the same row in two exports would count twice: asked as well.
    """
    table = match.table
    begun = [match.fields[name] for name in BEGINNINGS if name in match.fields and match.fields[name] not in key]
    if len(table.files) == 1 or (key and not begun):
        return True
    columns = ", ".join(map(quoted, key or [column.name for column in table.columns]))
    differ = f"count(distinct {quoted(begun[0])}) > 1" if key else "true"
    query = f"""
        select count(*), count(*) filter (differ)
        from (
            select {differ} as differ from {table.relation} group by {columns} having count(distinct _export) > 1
        )
    """
    repeated, different = reader.connection.execute(query).fetchall()[0]
    if different <= MOSTLY * repeated:
        return True
    files = f"{len(table.files)} exports such as {match.file}"
    if not key:
        text = (
            f"{files}: {repeated:,} rows are in more than one of them, and no column identifies a record, so each "
            "would count twice. Remove the exports that repeat others, also from the company's exports; or are they "
            "different records?"
        )
        answers.ask(Question(f"{table.name}.repeated", text, (DIFFERENT,)))
        return True
    label, when = " + ".join(table.column(name).label for name in key), table.column(begun[0]).label
    text = (
        f"{files}: {different:,} of {repeated:,} values of {label} that more than one of them has have another "
        f"{when} in each. Are rows with the same value the same record, of which the newest counts, or different ones?"
    )
    return answers.ask(Question(f"{table.name}.repeated", text, (SAME, DIFFERENT))) != DIFFERENT


def _name_that_others_use(reader: Reader, match: Match, matches: list[Match]) -> tuple[str, ...]:
    """Return the unique name that a column of another table repeats; empty if there is none."""
    table = match.table
    pointing = {each for columns in match.references.values() for each in columns}
    names = [
        column
        for column in table.columns
        if table.is_unique(column) and not column.is_personal and column.name not in pointing
        and reader.fits(table, column, "text") and not reader.fits(table, column, "instant")
        and not has_word(column.label, NO_IDS)
    ]  # fmt: skip
    others = [other for other in matches if other is not match and not (other.whole or other.is_derived)]
    for column in names if match.entity in NAMED else ():
        for other in others:
            for theirs in (each for each in other.table.columns if each.filled):
                if share_of(reader.connection, other.table, theirs.name, table, (column.name,)) >= ENOUGH:
                    return (column.name,)
    return ()


def _day_of_spend(reader: Reader, match: Match) -> tuple[str, ...]:
    """Return the key of daily spend, so that a day that is exported again is replaced and not added."""
    names = [match.fields[name] for name in ("spend_date", "source_label", "campaign_label") if name in match.fields]
    is_full = all(match.table.column(name).filled == match.table.rows for name in names)
    if match.entity != "ad_spend" or not is_full or not _is_unique(reader, match.table, names):
        return ()
    return tuple(names)


def _is_unique(reader: Reader, table: Table, names: Sequence[str]) -> bool:
    columns = ", ".join(map(quoted, names))
    query = f"select count(*) from (select distinct _export, {columns} from {table.relation})"
    return bool(reader.connection.execute(query).fetchall()[0][0] == table.rows)


def _unique_pair(reader: Reader, match: Match) -> tuple[str, ...]:
    """Return the first two filled columns that together identify a row: an id, and what a later export has again.

    Neither is personal; an amount or a state cannot be in a key.
    """
    table, changing = match.table, {match.fields[name] for name in CHANGING if name in match.fields}
    filled = [
        column
        for column in table.columns
        if column.filled == table.rows and not column.is_personal and column.name not in changing
        and (not column.is_number or is_id_label(column.label) or has_word(column.label, ROWS))
    ]  # fmt: skip
    filled = sorted(filled, key=lambda column: not is_id_label(column.label))[:MOST_COLUMNS_OF_A_PAIR]
    pairs = (
        (first.name, second.name)
        for first, second in itertools.combinations(filled, 2)
        if is_id_label(first.label) and not has_word(first.label, f"{NO_IDS}|{ROWS}|{CONVERTED}")
    )
    return next((pair for pair in pairs if _is_unique(reader, table, pair)), ())
