"""Entities that share a file: rows of it that are deals as well, and persons whom only other records name.

Belongs here: the rule that selects rows (`--answer touches.opportunities="conversion = 1"`), persons without a file.
Does not belong here: which columns feed which field (matching.py), and the SQL of models (staging.py).
"""

import re

from orchestration.lib.onboarding.fields import FIELDS
from orchestration.lib.onboarding.matching import EXCLUDED, MOST_STATES, STATE_WORDS, Match, match_fields
from orchestration.lib.onboarding.profile import ALL_ROWS, Column, Table, count_cells, rows_of, values_of
from orchestration.lib.onboarding.questions import Answers, OnboardingError, Question
from orchestration.lib.onboarding.reading import Reader
from orchestration.lib.onboarding.texts import forms_of, has_word, is_id_label, sql_text, stage_in
from orchestration.lib.onboarding.words import CONVERSION, MONEY
from orchestration.lib.warehouse.sql import quoted

EVERY = "all"
YES = ("1", "true", "yes", "y", "t", "si", "sim", "ja", "oui")
# The kinds of records that can share a file with others; a list of accounts or owners is a file of its own.
SHARING = ("persons", "touchpoints", "activities", "opportunities", "revenue")
PERSON = "person_record_id"


def add_parts(reader: Reader, matches: list[Match], answers: Answers) -> list[Match]:
    """Return the matches with those of other entities in the same files, and with persons where no file has any."""
    found = list(matches)
    for match in matches:
        for entity in sorted(SHARING, key=lambda each: each != match.entity):
            has_deals = any(each.entity == "opportunities" for each in matches)
            condition = _condition(reader, match, entity, answers, has_deals)
            if not condition and entity == match.entity:
                condition = _first_rows(reader, match)
            if not condition:
                continue
            if entity == match.entity:
                _narrow(reader, match, condition)
            else:
                found.append(_part(reader, match, entity, condition, answers))
    if not answers.open_questions and not any(match.entity == "persons" for match in found):
        found += _persons_of_touches(reader, found, answers)
    return found


def _condition(reader: Reader, match: Match, entity: str, answers: Answers, has_deals: bool) -> str:
    """Return the SQL condition of the rows that are such a record too, empty if none are."""
    key = f"{match.table.name}.{entity}"
    answer = answers.volunteered(key)
    guess = "" if entity != "opportunities" else _guess(reader, match, has_deals)
    if answer is None and guess:
        text = (
            f"{match.file} could contain deals as well, such as the rows with {guess}. Which rows are deals? "
            f"column = value, column filled, {EVERY}, or {EXCLUDED}"
        )
        answer = answers.ask(Question(key, text, example=guess))
    if not answer or answer == EXCLUDED:
        return ""
    return _parsed(match, key, answer)


def _first_rows(reader: Reader, match: Match) -> str:
    """Return the condition of the rows with an id and amount, where the others are only further lines of an order."""
    column, amount = match.column("revenue_record_id"), match.column("amount")
    table = match.table
    if match.entity != "revenue" or not (column and amount) or not 0 < column.filled == column.apart < table.rows:
        return ""
    lines = f"{quoted(column.name)} is null"
    query = f"select count(*) from {table.relation} where {lines} and {quoted(amount.name)} is not null"
    if reader.connection.execute(query).fetchall()[0][0]:
        return ""
    table.texts.add(column.name)
    table.notes.append(
        f"{table.rows - column.filled:,} rows without {column.label} and {amount.label} are further lines of the order "
        "above them, and no revenue of their own"
    )
    return f"{column.name} is not null"


def _parsed(match: Match, key: str, rule: str) -> str:
    """Return the SQL of `all`, `column filled` and `column = value | value`. OnboardingError for another rule."""
    if rule == EVERY:
        return "true"
    filled = re.fullmatch(r"(.+?)\s+filled", rule)
    equal = re.fullmatch(r"(.+?)\s*=\s*(.+)", rule)
    label = filled[1] if filled else equal[1] if equal else ""
    for column in match.table.columns:
        if label and label in (column.label, column.name):
            match.table.texts.add(column.name)
            if filled:
                return f"{column.name} is not null"
            values = [value.strip() for value in equal[2].split("|")]  # type: ignore[index]
            return f"{column.name} in ({', '.join(map(sql_text, values))})"
    labels = " | ".join(column.label for column in match.table.columns)
    raise OnboardingError(
        f"--answer {key}={rule}: write {EVERY}, {EXCLUDED}, 'column filled' or 'column = value'; "
        f"{match.file} has {labels}"
    )


def _guess(reader: Reader, match: Match, has_deals: bool) -> str:
    """Return the rule by which rows of leads or touches could be deals, empty if nothing suggests it.

    Where no file has deals, a status that means won or lost suggests it, whatever it is called.
    """
    columns = [column for column in match.table.columns if column.filled]
    if match.entity == "touchpoints":
        for column in columns:
            values = values_of(reader.connection, match.table, column.name, 3)
            yes = [value for value in values if value.lower() in YES]
            if has_word(column.label, CONVERSION) and len(values) == 2 and yes:
                return f"{column.label} = {yes[0]}"
    if match.entity == "persons":
        amounts, stages = (_called(reader, match, columns, name) for name in ("amount", "stage_label"))
        for stage in stages:
            labels = values_of(reader.connection, match.table, stage.name)
            if amounts and {"customer", "lost"} & {stage_in(label) for label in labels}:
                return f"{amounts[0].label} filled"
    if match.entity == "persons" and not has_deals:
        money = [each for each in columns if has_word(each.label, MONEY) and reader.fits(match.table, each, "money")]
        for column in (each for each in columns if 1 < each.distinct <= MOST_STATES and not each.is_personal):
            labels = values_of(reader.connection, match.table, column.name)
            ends = [label for label in labels if stage_in(label) in ("customer", "lost")]
            if ends and has_word(column.label, STATE_WORDS):
                return f"{money[0].label} filled" if money else f"{column.label} = {' | '.join(ends)}"
    return ""


def _called(reader: Reader, match: Match, columns: list[Column], name: str) -> list[Column]:
    """Return the columns of a file of leads with a label that a deal's field has: '{it}' is the deal or the lead."""
    spec = FIELDS["opportunities"][name]
    labels = {
        form
        for label in spec.labels
        for word in ("deal", match.kind)
        for form in forms_of(label.replace("{it}", word), ())
    }
    return [
        column
        for column in columns
        if labels & set(forms_of(column.label, (match.kind,))) and reader.fits(match.table, column, spec.kind)
    ]


def _narrow(reader: Reader, match: Match, condition: str) -> None:
    """Leave a file's own entity only the rows of the condition; the other entities of the file still have all."""
    match.condition = condition
    relation = match.table.relation
    match.table.is_narrowed = True
    reader.connection.execute(f"alter table {relation} rename to {quoted(match.table.name + ALL_ROWS)}")
    reader.connection.execute(f"create view {relation} as select * from {match.table.every_row} where {condition}")
    count_cells(reader.connection, match.table)


def _part(reader: Reader, match: Match, entity: str, condition: str, answers: Answers) -> Match:
    """Return the rows of a file that are records of another entity, with their own fields."""
    name = f"{match.table.name}_{entity}"
    table = rows_of(reader.connection, match.table, name, condition)
    part = Match(table, entity, "", whole=match, condition=condition)
    of_condition = [column for column in table.columns if condition.startswith(f"{column.name} in (")]
    if entity == "opportunities" and of_condition and has_word(of_condition[0].label, CONVERSION):
        part.stage = "Won"
    begun = match.fields.get({"persons": "created_at", "touchpoints": "touched_at"}.get(match.entity, ""))
    if entity == "opportunities" and begun:
        part.fields["created_at"] = begun
        if part.stage:  # A conversion is a deal that was opened and won at once: nothing else is known of it.
            part.fields["won_at"] = begun
    match_fields(reader, part, answers)
    persons = match.references.get(PERSON, [])
    if persons and not part.references.get(PERSON):  # Who was touched does not sell.
        part.references[PERSON] = persons
        for name in part.references.keys() - {PERSON}:
            part.references[name] = [column for column in part.references[name] if column not in persons]
    return part


def _persons_of_touches(reader: Reader, matches: list[Match], answers: Answers) -> list[Match]:
    """Return the persons whom touches name, where no file contains persons: who was touched came in by it."""
    touches = [match for match in matches if match.entity == "touchpoints"]
    touched = [match for match in touches if match.references.get(PERSON)]
    for match in (each for each in touches if each not in touched):
        _ask_for_person(reader, match, answers)
    if not touched:
        return []
    selects = [
        f"select {quoted(match.references[PERSON][0])} as {PERSON} from {match.table.relation}" for match in touched
    ]
    table = Table("touched_persons", touched[0].table.files, True, (), 0, [], key=(PERSON,))
    reader.connection.execute(
        f"create or replace view {table.relation} as "
        f"select distinct {PERSON} from ({' union all '.join(selects)}) where {PERSON} is not null"
    )
    table.rows = reader.connection.execute(f"select count(*) from {table.relation}").fetchall()[0][0]
    label = touched[0].table.column(touched[0].references[PERSON][0]).label
    table.columns = [Column(label, PERSON, table.rows, table.rows, table.rows)]
    return [Match(table, "persons", "person", fields={PERSON: PERSON}, is_derived=True)]


def _ask_for_person(reader: Reader, match: Match, answers: Answers) -> None:
    """Ask which column names the person of a touch; without one no figure counts the touches."""
    key = f"{match.table.name}.{PERSON}"
    if answers.volunteered(key):
        return
    used = {*match.fields.values(), *match.table.texts}
    free = [each for each in match.table.columns if each.distinct > 1 and each.name not in used]
    free = [each for each in free if is_id_label(each.label) or reader.fits(match.table, each, "text")]
    options = tuple(each.label for each in sorted(free, key=lambda each: -each.distinct))
    text = f"No column of {match.file} is known to be the person who was touched. Which one is it?"
    answers.ask(Question(key, text, (*options, EXCLUDED)))
