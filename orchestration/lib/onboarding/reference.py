"""The labels found in the files as rows of the company's reference files: the meaning of its own words.

Belongs here: which labels there are, and their meaning in the table of words. An unknown label is asked about if the
build would stop without it (stages of deals, kinds of activity), else it is omitted and listed, never guessed.
"""

import duckdb

from orchestration.lib.onboarding.derived import LEAD_CREATED, OPENED
from orchestration.lib.onboarding.expressions import Draft, has_kinds
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.outcomes import ENDS
from orchestration.lib.onboarding.profile import values_of
from orchestration.lib.onboarding.questions import Answers, Question
from orchestration.lib.onboarding.staging import EVERYTHING
from orchestration.lib.onboarding.texts import first_with_word, has_word
from orchestration.lib.onboarding.words import (
    ACTIVITIES,
    ACTIVITY_LABELS,
    CHANNELS,
    EXISTING_BUSINESS,
    INBOUND,
    NEW_BUSINESS,
    NOT_REVENUE,
    PLANNED,
    REVENUE,
    STAGES,
)
from orchestration.lib.warehouse.sql import literal, quoted

DELETED = "deleted"
MEANT = {"won": "customer", "lost": "lost", "open": "opportunity", DELETED: DELETED}
MOST_LABELS = 60
Rows = list[dict[str, str]]
# What makes a label of a field matter: the words for no and those for yes; what is in neither is asked about.
KINDS = {
    "type_label": (EXISTING_BUSINESS, NEW_BUSINESS, ("existing", "new")),
    "status_label": (NOT_REVENUE, REVENUE, ("not_revenue", "revenue")),
}
ASKED = {
    "type_label": "Is a deal of {file} with the type '{label}' new business, or business with an existing customer?",
    "status_label": "Is a row of {file} with the status '{label}' revenue?",
}


def deal_stages(connection: duckdb.DuckDBPyConnection, matches: list[Match], answers: Answers) -> dict[str, str]:
    """Return the stage of each label of a deal's stage; a label without a known word is asked about."""
    stages: dict[str, str] = {}
    for match in (each for each in matches if each.entity == "opportunities"):
        if match.stage:
            stages[match.stage] = MEANT[match.stage.lower()]
        if "stage_label" not in match.fields:
            continue
        for label in values_of(connection, match.table, match.fields["stage_label"]):
            key = f"stage.{label}"
            text = f"Is a record of {match.file} with the stage '{label}' won, lost, open or deleted?"
            question = Question(key, text, tuple(MEANT), example="open")
            guess = first_with_word(label, STAGES)
            if answers.volunteered(key) or not guess:
                if answer := answers.ask(question):
                    stages[label] = MEANT[answer]
            else:
                stages[label] = guess
    return stages


def labels_that_mean_yes(
    connection: duckdb.DuckDBPyConnection, matches: list[Match], stages: dict[str, str], answers: Answers
) -> dict[tuple[str, str], list[str]]:
    """Return the labels found that mean inbound, existing business, no revenue or deleted, by table and field."""
    found: dict[tuple[str, str], list[str]] = {}
    for match in matches:
        name = match.table.name
        labels = {
            field: values_of(connection, match.table, match.fields[field])
            for field in ("direction", "type_label", "status_label", "stream_label", "stage_label")
            if field in match.fields
        }
        if match.entity == "activities":
            found[name, "direction"] = [label for label in labels.get("direction", []) if has_word(label, INBOUND)]
        for field in KINDS.keys() & labels.keys():  # A word that comes later is neither yes nor no.
            found[name, f"{field} answered"] = labels[field]
        if match.entity == "opportunities":
            pipelines = labels.get("stream_label", [])
            found[name, "stream_label"] = [label for label in pipelines if has_word(label, EXISTING_BUSINESS)]
            found[name, "type_label"] = _asked(match, "type_label", labels, answers)
            deleted = [label for label in labels.get("stage_label", []) if stages.get(label) == DELETED]
            found[name, "stage_label"] = deleted
        if match.entity == "revenue":
            found[name, "status_label"] = _asked(match, "status_label", labels, answers)
    return found


def _asked(match: Match, field: str, labels: dict[str, list[str]], answers: Answers) -> list[str]:
    """Return the labels of a field that mean no; a label with a word of neither side is asked about."""
    no, yes, options = KINDS[field]
    found = []
    for label in labels.get(field, []):
        key = f"{field.removesuffix('_label')}.{label}"
        if answers.volunteered(key) or not has_word(label, f"{no}|{yes}"):
            question = Question(key, ASKED[field].format(file=match.file, label=label), options)
            found += [label] if answers.ask(question) == options[0] else []
        elif has_word(label, no):
            found.append(label)
    return found


def rows_without_effect(connection: duckdb.DuckDBPyConnection, draft: Draft) -> list[str]:
    """Return a note for each table with rows that are loaded but do not count, and their number."""
    conditions = []
    for match in draft.of("revenue"):
        status, void = match.fields.get("status_label"), draft.labels.get((match.table.name, "status_label"), [])
        is_void = f" or {quoted(status)} in ({', '.join(map(literal, void))})" if status and void else ""
        why = "are not revenue: no amount, cancelled or in draft"
        conditions.append((match, f"{quoted(match.fields['amount'])} is null{is_void}", why))
    ended = [label for label, stage in draft.stages.items() if stage not in ("opportunity", DELETED)]
    for match in draft.of("opportunities") if ended else []:
        stage = quoted(match.fields["stage_label"]) if "stage_label" in match.fields else literal(match.stage)
        closed = [quoted(match.fields[name]) for name in ENDS if name in match.fields]
        no_date = f"coalesce({', '.join(closed)}, null) is null" if closed else "true"
        why = "are won or lost without a close date: they have ended, and no month counts them"
        conditions.append((match, f"{stage} in ({', '.join(map(literal, ended))}) and {no_date}", why))
    for match in draft.of("persons"):
        undated = f"{quoted(match.fields['created_at'])} is null" if "created_at" in match.fields else "true"
        if not match.is_derived:
            why = "have no date on which the lead came in: no figure counts them, and fct_excluded_rows lists them"
            conditions.append((match, undated, why))
    notes = []
    for match, condition, why in conditions:
        count = connection.execute(f"select count(*) from {match.table.relation} where {condition}").fetchall()[0][0]
        notes += [f"{match.file}: {count:,} of {match.table.rows:,} rows {why}"] if count else []
    return notes


def stage_rows(draft: Draft) -> Rows:
    """Return the rows of stage_labels.csv."""
    known = {LEAD_CREATED: "lead"} if draft.of("persons") else {}
    known |= {label: first_with_word(label, STAGES) or "" for label in draft.stage_columns.values()}
    known |= {OPENED: "opportunity"} if draft.of("opportunities") else {}
    known |= {label: stage for label, stage in draft.stages.items() if stage != DELETED}
    return [
        {"system": draft.system, "stage_label": label, "stage": stage, "valid_from": "", "valid_to": ""}
        for label, stage in known.items()
    ]


def activity_rows(connection: duckdb.DuckDBPyConnection, draft: Draft, answers: Answers) -> Rows:
    """Return the rows of activity_labels.csv; a kind without a known word is asked about.

    An outcome that means that it has not happened is void; what other outcomes mean is for people to decide.
    """
    kinds: dict[str, str] = {}
    planned: dict[tuple[str, str], None] = {}
    for match in draft.of("activities"):
        if not has_kinds(match):
            label = ACTIVITY_LABELS.get(match.kind, "Activity")
            labels = [label]
        else:
            labels = values_of(connection, match.table, match.fields["activity_label"])
        for label in labels:
            key = f"activity.{label}"
            guess = first_with_word(label, ACTIVITIES)
            if answers.volunteered(key) or not guess:
                text = f"What kind of activity is '{label}' in {match.file}?"
                guess = answers.ask(Question(key, text, tuple(ACTIVITIES)))
            kinds[label] = guess or ""
        if "outcome_label" in match.fields:
            outcomes = values_of(connection, match.table, match.fields["outcome_label"])
            planned |= {(label, each): None for label in labels for each in outcomes if has_word(each, PLANNED)}
    rows = [(label, "", kind, "") for label, kind in kinds.items()]
    rows += [(label, outcome, kinds[label], "void") for label, outcome in planned]
    names = ("activity_label", "outcome_label", "activity_type", "activity_class")
    shown = names if planned else ("activity_label", "activity_type")
    return [
        {"system": draft.system}
        | {name: cell for name, cell in zip(names, row, strict=True) if name in shown}
        | {"valid_from": "", "valid_to": ""}
        for row in rows
    ]


def channel_rows(
    connection: duckdb.DuckDBPyConnection, draft: Draft, lead_type: str, known_labels: set[str], notes: list[str]
) -> Rows:
    """Return the rows of channel_rules.csv; sources without a known word are omitted and noted.

    `known_labels` are those that the file of the company contains already.
    """
    labels = _labels(connection, draft, "source_label", ("persons", "touchpoints", "ad_spend"))
    labels += [label for label in draft.platforms.values() if label not in labels]
    labels += [label for label in _labels(connection, draft, "utm_source", ("persons",)) if label not in labels]
    channels = {label: first_with_word(label, CHANNELS) for label in labels}
    if unknown := [label for label, channel in channels.items() if not channel and label not in known_labels]:
        notes.append(f"sources without a channel (add one row per source to channel_rules.csv): {', '.join(unknown)}")
    known = {"": "Unknown"} | {label: channel for label, channel in channels.items() if channel}
    return [
        {
            "system": draft.system,
            "source_label": label,
            "source_detail": "",
            "channel": channel,
            "lead_type": lead_type,
            "valid_from": "",
            "valid_to": "",
        }
        for label, channel in known.items()
    ]


def stream_rows(connection: duckdb.DuckDBPyConnection, draft: Draft, stream: str | None, notes: list[str]) -> Rows:
    """Return the rows of stream_labels.csv: all labels to the one stream; no rows but a note if there are several."""
    labels = _labels(connection, draft, "stream_label", ("persons", "opportunities"))
    if any("stream_label" not in match.fields for name in ("persons", "opportunities") for match in draft.of(name)):
        labels.append(EVERYTHING)
    if stream is None:
        notes.append(f"what is sold (enter the revenue stream of each in stream_labels.csv): {', '.join(labels)}")
        return []
    return [
        {"system": draft.system, "stream_label": label, "revenue_stream": stream, "valid_from": "", "valid_to": ""}
        for label in labels
    ]


def _labels(connection: duckdb.DuckDBPyConnection, draft: Draft, name: str, entities: tuple[str, ...]) -> list[str]:
    """Return the labels of a field in all tables of some entities, most frequent first, at most MOST_LABELS."""
    selects = [
        f"select {quoted(match.fields[name])} as label from {match.table.relation}"
        for entity in entities
        for match in draft.of(entity)
        if name in match.fields
    ]
    if not selects:
        return []
    query = f"select label from ({' union all '.join(selects)}) where label is not null group by 1"
    return [row[0] for row in connection.execute(f"{query} order by count(*) desc, 1 limit {MOST_LABELS}").fetchall()]
