"""Which entity each table contains, by the name of its file; a name that does not show it becomes a question.

Belongs here: names of files, and the likeliest answer. Does not belong here: columns (matching.py), and files that
contain several entities (parts.py).
"""

from orchestration.lib.onboarding.fields import FIELDS
from orchestration.lib.onboarding.matching import EXCLUDED, Match, labels_of, match_fields, own_words
from orchestration.lib.onboarding.profile import Table
from orchestration.lib.onboarding.questions import Answers, Question
from orchestration.lib.onboarding.reading import Reader
from orchestration.lib.onboarding.texts import entity_of, forms_of


def match_tables(reader: Reader, tables: list[Table], answers: Answers) -> list[Match]:
    """Return the tables that contain an entity, with their fields; questions are added to `answers`."""
    matches = []
    for table in tables:
        entity, word = entity_of(table.words)
        if answers.volunteered(table.name) or not entity:
            entity = answers.ask(
                Question(
                    table.name,
                    f"What does {table.files[0].name} contain? Its name does not show it. One row is one of ...",
                    (*FIELDS, EXCLUDED),
                    example=_likeliest(table),
                )
            )
        if entity and entity != EXCLUDED:
            match = Match(table, entity, word)
            match_fields(reader, match, answers)
            matches.append(match)
    return matches


def _likeliest(table: Table) -> str:
    """Return the entity of whose fields the table has most labels, what a file needs first; none without any."""
    scores = {}
    for entity, fields in FIELDS.items():
        match = Match(table, entity, "")
        forms = {form for column in table.columns for form in forms_of(column.label, own_words(match))}
        found = [name for name in fields if forms & set(labels_of(match, name))]
        is_whole = all(name in found for name, spec in fields.items() if spec.required)
        scores[entity] = len(found) if is_whole and len(found) > 2 else 0
    best = max(scores, key=lambda entity: scores[entity])
    return best if scores[best] else EXCLUDED
