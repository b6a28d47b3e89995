"""The two YAML files of a staging folder: the raw tables, and the grain of each model.

Belongs here: their text. Does not belong here: its content (profile.py, matching.py), and the models (staging.py).
"""

from orchestration.lib.labels import fold_label
from orchestration.lib.onboarding.expressions import Draft
from orchestration.lib.onboarding.fields import FIELDS
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.profile import ENCODINGS, Column
from orchestration.lib.onboarding.summary import used_columns
from orchestration.lib.onboarding.texts import quoted_text, yaml_text

GRAINS = {
    "persons": "One row per person record.",
    "accounts": "One row per account.",
    "owners": "One row per owner.",
    "campaigns": "One row per campaign.",
    "touchpoints": "One row per touch, and one per person for the creation of the lead.",
    "activities": "One row per sales activity, and per opt-out of a person.",
    "opportunities": "One row per opportunity.",
    "record_links": "One row per lead that was converted, with the contact that it became.",
    "owner_changes": "One row per change of a person's owner that two exports show.",
    "stage_changes": "One row per creation of a lead, per dated stage, and per opening and end of an opportunity.",
    "revenue": "One row per invoice, payment or order; exclusion_reason is why one is not revenue.",
    "ad_spend": "One row per row of the file of ad spend.",
}

# Their rows stay without the person.
MONEY_ENTITIES = ("opportunities", "revenue")

# The times that can be in the future, and those of a row's last change: they tell the age of an export, or do not.
MOMENTS = {
    "closed_at": "planned",
    "due_at": "planned",
    "ended_at": "planned",
    "ended_date": "planned",
    "happened_at": "planned",
    "recorded_at": "changed",
}


def sources_yaml(draft: Draft) -> str:
    """Return the text of _<system>__sources.yml."""
    system = draft.system
    lines = [
        "version: 2",
        "",
        "# A draft of `smarketing source`, to be reviewed: files, keys, types, required and personal columns.",
        "sources:",
        f"  - name: {system}",
        f"    description: The company's own export files of {system}.",
        "    schema: raw",
        "    tables:",
    ]
    all_used = used_columns(draft)
    for match in sorted(draft.matches, key=lambda each: each.table.name):  # in any order of the files given
        if not (match.whole or match.is_derived):
            tables = {each.table.name for each in draft.matches if each.table.raw == match.table.name}
            marks = {draft.marks[name].column: draft.marks[name].amount for name in sorted(tables & draft.marks.keys())}
            of_table = [each for each in draft.matches if each.table.raw == match.table.name]
            used = {name for raw, name in all_used if raw == match.table.name}
            lines += [*_table(system, match, marks, _of_persons(of_table), used), ""]
    return "\n".join(lines[:-1]) + "\n"


def _of_persons(matches: list[Match]) -> dict[str, str]:
    """Return what becomes of a row of a forgotten person, by the column that names one: the record itself goes last."""
    found: dict[str, str] = {}
    for match in sorted(matches, key=lambda each: each.entity == "persons"):
        names = [match.fields.get("person_record_id"), *match.references.get("person_record_id", [])]
        names += [match.fields.get("email")] if match.entity == "persons" else []
        found |= dict.fromkeys(filter(None, names), "cell" if match.entity in MONEY_ENTITIES else "row")
    return found


def _table(system: str, match: Match, marks: dict[str, str], persons: dict[str, str], used: set[str]) -> list[str]:
    """Return the lines of a table; `marks` are the amounts whose signs and codes a column takes, by the column.

    Of a column that is empty and not `used`, ingestion has to report the first values.
    """
    table = match.table
    added = marks.keys() - {column.name for column in table.columns}
    meta = [f"files: [{', '.join(map(yaml_text, table.patterns))}]"]
    if table.key:
        meta.append(f"key: [{', '.join(map(yaml_text, table.key))}]")
    if not table.is_utf8:
        meta.append(f"encoding: [{', '.join(ENCODINGS)}]")
    return [
        f"      - name: {table.name}",
        f"        identifier: {system}__{table.name}",
        f"        description: {_grain(match)}",
        "        config:",
        "          meta:",
        *(f"            {line}" for line in meta),
        "        columns:",
        *(
            f"          - {_column(column, match, marks, persons.get(column.name, ''), column.name in used)}"
            for column in table.columns
        ),
        *(
            f"          - {{name: {name}, data_type: varchar, config: {{meta: {{currency_of: {marks[name]}}}}}}}"
            for name in sorted(added)
        ),
    ]


def _grain(match: Match) -> str:
    word = match.word.replace("_", " ") or match.entity
    return f"One row per {word}." if match.table.key else f"One row per {word}; no key, so each row is a fact."


def _column(column: Column, match: Match, marks: dict[str, str], person: str, is_used: bool) -> str:
    meta = []
    if fold_label(column.label) != column.name:
        meta.append(f"labels: [{yaml_text(column.label)}]")
    if is_required(column, match):
        meta.append("required: true")
    if column.is_personal:
        meta.append("personal: true")
    if not column.filled and not is_used:
        meta.append("unread: true")
    if person and column.data_type == "varchar":
        meta.append(f"person: {person}")
    if column.placeholders:
        meta.append(f"placeholders: [{', '.join(map(quoted_text, column.placeholders))}]")
    if column.name in marks:
        meta.append(f"currency_of: {yaml_text(marks[column.name])}")
    moments = [MOMENTS[name] for name in MOMENTS if match.fields.get(name) == column.name]
    if moments and column.data_type.startswith(("date", "timestamp")):
        meta.append(f"moment: {moments[0]}")
    config = f", config: {{meta: {{{', '.join(meta)}}}}}" if meta else ""
    return f"{{name: {yaml_text(column.name)}, data_type: {yaml_text(column.data_type)}{config}}}"


def is_required(column: Column, match: Match) -> bool:
    """Return whether a row needs the column: the key, or a required field of the entity, if no row lacks it now.

    Of a file of which some rows are other records, nothing is known of those.
    """
    needed = {
        match.fields[name] for name, spec in FIELDS[match.entity].items() if spec.required and name in match.fields
    }
    # A row of spend without its day is of no month: it is a line of totals, or has to be corrected.
    if match.entity == "ad_spend" and column.name == match.fields.get("spend_date"):
        return True
    return (
        column.filled == match.table.rows
        and not match.table.is_narrowed
        and (column.name in match.table.key or column.name in needed)
    )


def models_yaml(system: str, entities: list[str]) -> str:
    """Return the text of _<system>__models.yml."""
    lines = ["version: 2", "", "models:"]
    for entity in entities:
        lines += [f"  - name: stg_{system}__{entity}", f"    description: {GRAINS[entity]}"]
    return "\n".join(lines) + "\n"
