"""The labels found in the files as rows of the company's reference files: the meaning of its own words.

Belongs here: which labels there are, and their meaning in the table of words. An unknown label is asked about if the
build would stop without it (stages of deals, kinds of activity), else it is omitted and listed, never guessed.
"""

import duckdb

from orchestration.lib.onboarding.derived import LEAD_CREATED, OPENED
from orchestration.lib.onboarding.expressions import Draft, has_kinds
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.profile import values_of
from orchestration.lib.onboarding.questions import Answers, Question
from orchestration.lib.onboarding.staging import EVERYTHING
from orchestration.lib.onboarding.texts import first_with_word, has_word
from orchestration.lib.onboarding.words import (
    ACTIVITIES,
    ACTIVITY_LABELS,
    CHANNELS,
    INBOUND,
    NOT_NEW_BUSINESS,
    NOT_REVENUE,
    STAGES,
)
from orchestration.lib.warehouse.sql import literal, quoted

MEANT = {"won": "customer", "lost": "lost", "open": "opportunity"}
MOST_LABELS = 60
Rows = list[dict[str, str]]


def deal_stages(connection: duckdb.DuckDBPyConnection, matches: list[Match], answers: Answers) -> dict[str, str]:
    """Return the stage of each label of a deal's stage; a label without a known word is asked about."""
    stages: dict[str, str] = {}
    for match in matches:
        if match.entity != "opportunities" or "stage_label" not in match.fields:
            continue
        for label in values_of(connection, match.table, match.fields["stage_label"]):
            key = f"stage.{label}"
            text = f"Is a record of {match.table.files[0].name} with the stage '{label}' won, lost or open?"
            question = Question(key, text, tuple(MEANT), example="open")
            guess = first_with_word(label, STAGES)
            if answers.volunteered(key) or not guess:
                if answer := answers.ask(question):
                    stages[label] = MEANT[answer]
            else:
                stages[label] = guess
    return stages


def labels_that_mean_yes(
    connection: duckdb.DuckDBPyConnection, matches: list[Match]
) -> dict[tuple[str, str], list[str]]:
    """Return the labels found that mean inbound, existing business or no revenue, by table and field."""
    fields = {"direction": INBOUND, "type_label": NOT_NEW_BUSINESS, "status_label": NOT_REVENUE}
    return {
        (match.table.name, name): [
            label for label in values_of(connection, match.table, match.fields[name]) if has_word(label, words)
        ]
        for match in matches
        for name, words in fields.items()
        if name in match.fields
    }


def rows_without_effect(connection: duckdb.DuckDBPyConnection, draft: Draft) -> list[str]:
    """Return a note for each table with rows that are loaded but do not count, and their number."""
    conditions = []
    for match in draft.of("revenue"):
        status, void = match.fields.get("status_label"), draft.labels.get((match.table.name, "status_label"), [])
        is_void = f" or {quoted(status)} in ({', '.join(map(literal, void))})" if status and void else ""
        why = "are not revenue: no amount, cancelled or in draft"
        conditions.append((match, f"{quoted(match.fields['amount'])} is null{is_void}", why))
    ended = [label for label, stage in draft.stages.items() if stage != "opportunity"]
    for match in draft.of("opportunities") if ended else []:
        stage, closed = quoted(match.fields["stage_label"]), quoted(match.fields["closed_at"])
        why = "are won or lost without a close date: they stay open until the export contains it"
        conditions.append((match, f"{stage} in ({', '.join(map(literal, ended))}) and {closed} is null", why))
    notes = []
    for match, condition, why in conditions:
        count = connection.execute(f"select count(*) from {match.table.relation} where {condition}").fetchall()[0][0]
        notes += [f"{match.table.files[0].name}: {count:,} of {match.table.rows:,} rows {why}"] if count else []
    return notes


def stage_rows(draft: Draft) -> Rows:
    """Return the rows of stage_labels.csv."""
    known = {LEAD_CREATED: "lead"} if draft.of("persons") else {}
    known |= {label: first_with_word(label, STAGES) or "" for label in draft.stage_columns.values()}
    known |= ({OPENED: "opportunity"} if draft.of("opportunities") else {}) | draft.stages
    return [
        {"system": draft.system, "stage_label": label, "stage": stage, "valid_from": "", "valid_to": ""}
        for label, stage in known.items()
    ]


def activity_rows(connection: duckdb.DuckDBPyConnection, draft: Draft, answers: Answers) -> Rows:
    """Return the rows of activity_labels.csv; a kind without a known word is asked about."""
    kinds: dict[str, str] = {}
    for match in draft.of("activities"):
        if not has_kinds(match):
            label = ACTIVITY_LABELS.get(match.word, "Activity")
            labels = [label]
        else:
            labels = values_of(connection, match.table, match.fields["activity_label"])
        for label in labels:
            key = f"activity.{label}"
            guess = first_with_word(label, ACTIVITIES)
            if answers.volunteered(key) or not guess:
                text = f"What kind of activity is '{label}' in {match.table.files[0].name}?"
                guess = answers.ask(Question(key, text, tuple(ACTIVITIES)))
            kinds[label] = guess or ""
    return [
        {"system": draft.system, "activity_label": label, "activity_type": kind, "valid_from": "", "valid_to": ""}
        for label, kind in kinds.items()
    ]


def channel_rows(connection: duckdb.DuckDBPyConnection, draft: Draft, lead_type: str, notes: list[str]) -> Rows:
    """Return the rows of channel_rules.csv; sources without a known word are omitted and noted."""
    labels = _labels(connection, draft, "source_label", ("persons", "touchpoints", "ad_spend"))
    channels = {label: first_with_word(label, CHANNELS) for label in labels}
    if unknown := [label for label, channel in channels.items() if not channel]:
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
