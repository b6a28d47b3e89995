"""Which entity each table contains, and which column feeds which field; what is ambiguous becomes a question.

Belongs here: comparing names and labels with the synonyms. Does not belong here: the synonyms (fields.py), which
record a reference means (links.py), types (column_types.py).
"""

from dataclasses import dataclass, field

from orchestration.lib.onboarding.fields import FIELDS, FILES, Field
from orchestration.lib.onboarding.profile import Column, Table
from orchestration.lib.onboarding.questions import Answers, OnboardingError, Question
from orchestration.lib.onboarding.texts import folded, singular

EXCLUDED = "none"
PERSONAL_FIELDS = {("persons", name) for name in ("email", "full_name", "first_name", "last_name", "job_title")} | {
    ("owners", "owner_email")
}


@dataclass
class Match:
    """One table as one entity: `fields` are its column names by field, `word` is its file's word for a record."""

    table: Table
    entity: str
    word: str
    fields: dict[str, str] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)

    def column(self, name: str) -> Column | None:
        """Return the column of a field, None if the table has none."""
        return self.table.column(self.fields[name]) if name in self.fields else None


def match_tables(tables: list[Table], answers: Answers) -> list[Match]:
    """Return the tables that contain an entity, with their fields; questions are added to `answers`."""
    matches = []
    for table in tables:
        entity, word = _entity_of(table)
        if answers.volunteered(table.name) or not entity:
            entity = answers.ask(
                Question(
                    table.name,
                    f"What does {table.files[0].name} contain? Its name does not show it. One row is one of ...",
                    (*FIELDS, EXCLUDED),
                    example=EXCLUDED,
                )
            )
        if entity and entity != EXCLUDED:
            match = Match(table, entity, word)
            _match_fields(match, answers)
            matches.append(match)
    return matches


def _entity_of(table: Table) -> tuple[str | None, str]:
    """Return the entity that the file's name means, and the word for it: the whole name, or its last word."""
    words = [singular(word) for word in table.words]
    for name in ("_".join(words), words[-1] if words else ""):
        for entity, known in FILES.items():
            if name and name in known.split():
                return entity, name
    return None, ""


def labels_of(match: Match, name: str) -> list[str]:
    """Return the folded labels of a field, best first."""
    own = [match.word.replace("_", " ")] if match.word else []
    others = [word.replace("_", " ") for word in FILES[match.entity].split()]
    labels = []
    for label in FIELDS[match.entity][name].labels.split("|"):
        for word in dict.fromkeys([*own, *others]) if "{it}" in label else [""]:
            labels.append(folded(label.replace("{it}", word)))
    return list(dict.fromkeys(labels))


def _match_fields(match: Match, answers: Answers) -> None:
    """Fill in `fields` and `references`; a person's answer has priority, and a column feeds only one text field."""
    for name, spec in FIELDS[match.entity].items():
        key = f"{match.table.name}.{name}"
        candidates = _candidates(match, name)
        answer = answers.volunteered(key)
        if answer is not None:
            if answer != EXCLUDED:
                chosen = _column_called(match, answer, key)
                candidates = [chosen]
            else:
                candidates = []
        elif (spec.asks and len(candidates) > 1) or (spec.required and not candidates):
            chosen_label = answers.ask(_which_column(match, name, spec, candidates))
            candidates = [_column_called(match, chosen_label, key)] if chosen_label else []
        if spec.kind == "reference":
            match.references[name] = [column.name for column in candidates]
        elif candidates:
            match.fields[name] = candidates[0].name
            # The name and e-mail of a person are personal, whatever the label is.
            candidates[0].is_personal = candidates[0].is_personal or (match.entity, name) in PERSONAL_FIELDS


def _candidates(match: Match, name: str) -> list[Column]:
    """Return the columns with one of the field's labels, best first, without empty columns."""
    by_label = {folded(column.label): column for column in reversed(match.table.columns) if column.filled}
    return [by_label[label] for label in labels_of(match, name) if label in by_label]


def _column_called(match: Match, label: str, key: str) -> Column:
    for column in match.table.columns:
        if label in (column.label, column.name):
            return column
    labels = " | ".join(column.label for column in match.table.columns)
    raise OnboardingError(f"--answer {key}={label}: {match.table.files[0].name} has no such column; it has {labels}")


def _which_column(match: Match, name: str, spec: Field, candidates: list[Column]) -> Question:
    file = match.table.files[0].name
    if candidates:
        labels = tuple(column.label for column in candidates)
        return Question(f"{match.table.name}.{name}", f"Which column of {file} is {MEANINGS[name]}?", labels)
    labels = tuple(column.label for column in match.table.columns if column.filled)
    text = (
        f"No column of {file} is known to be {MEANINGS[name]}. Which one is it? "
        f"(To exclude the file: --answer {match.table.name}={EXCLUDED})"
    )
    return Question(f"{match.table.name}.{name}", text, labels)


MEANINGS = {
    "created_at": "the time at which the record was created",
    "touched_at": "the time of the touch",
    "happened_at": "the time at which it happened (not when it was due or recorded)",
    "closed_at": "the day on which it was won or lost (a forecast while it is open)",
    "stage_label": "the stage: open, won or lost",
    "amount": "the amount",
    "cost_amount": "the cost",
    "revenue_at": "the day on which the revenue is counted",
    "spend_date": "the day of the spend",
}
