"""The labels found in the files as rows of the company's reference files.

Belongs here: the rows of each file. Does not belong here: the meaning of words of deals and invoices (meanings.py). An
unknown kind of activity is asked about; an unknown source or product is omitted and listed, never guessed.
"""

import duckdb

from orchestration.lib.onboarding.calls import class_of_missed
from orchestration.lib.onboarding.derived import EVERYTHING, LEAD_CREATED, OPENED
from orchestration.lib.onboarding.expressions import Draft, has_kinds
from orchestration.lib.onboarding.meanings import DELETED
from orchestration.lib.onboarding.outcomes import ENDS
from orchestration.lib.onboarding.profile import values_of
from orchestration.lib.onboarding.questions import Answers, Question
from orchestration.lib.onboarding.texts import first_with_word, has_word, stage_in
from orchestration.lib.onboarding.words import (
    ACTIVITIES,
    ACTIVITY_LABELS,
    CHANNELS,
    NOT_BY_SALES,
    PLANNED,
)
from orchestration.lib.warehouse.sql import literal, quoted

MOST_LABELS = 60
Rows = list[dict[str, str]]


def rows_without_effect(connection: duckdb.DuckDBPyConnection, draft: Draft) -> list[str]:
    """Return a note for each table with rows that are loaded but do not count, and their number."""
    conditions = []
    for match in draft.of("revenue"):
        status = match.fields.get("status_label")
        void = [label for label, meaning in draft.words.states.items() if meaning != "billed"]
        is_void = f" or {quoted(status)} in ({', '.join(map(literal, void))})" if status and void else ""
        why = "are not revenue: no amount, cancelled or in draft"
        conditions.append((match, f"{quoted(match.fields['amount'])} is null{is_void}", why))
    ended = [label for label, stage in draft.words.stages.items() if stage not in ("opportunity", DELETED)]
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
    known |= {label: stage_in(label) or "" for label in draft.stage_columns.values()}
    known |= {OPENED: "opportunity"} if draft.of("opportunities") else {}
    known |= {label: stage for label, stage in draft.words.stages.items() if stage != DELETED}
    return [
        {"system": draft.system, "stage_label": label, "stage": stage, "valid_from": "", "valid_to": ""}
        for label, stage in known.items()
    ]


def deal_kind_rows(draft: Draft) -> Rows:
    """Return the rows of deal_kinds.csv: of each deal type, and of each pipeline."""
    words = [(label, "", kind) for label, kind in draft.words.types.items()]
    words += [("", label, kind) for label, kind in draft.words.pipelines.items()]
    return [
        {"system": draft.system, "deal_type": deal_type, "pipeline": pipeline, "kind": kind}
        | {"valid_from": "", "valid_to": ""}
        for deal_type, pipeline, kind in words
    ]


def billing_rows(draft: Draft) -> Rows:
    """Return the rows of billing_states.csv."""
    return [
        {"system": draft.system, "record_type": "invoice", "state_label": label, "meaning": meaning}
        for label, meaning in draft.words.states.items()
    ]


def activity_rows(connection: duckdb.DuckDBPyConnection, draft: Draft, answers: Answers) -> Rows:
    """Return the rows of activity_labels.csv; a kind without a known word is asked about.

    An outcome that means that it has not happened is void, a call of the lead that nobody took an attempt; what other
    outcomes mean is for people to decide.
    """
    kinds: dict[str, str] = {}
    classes: dict[tuple[str, str], str] = {}
    for match in draft.of("activities"):
        if not has_kinds(match):
            label = ACTIVITY_LABELS.get(match.kind, "Activity")
            labels = [label]
        else:
            labels = values_of(connection, match.table, match.fields["activity_label"])
        for label in labels:
            key = f"activity.{label}"
            guess = None if has_word(label, NOT_BY_SALES) else first_with_word(label, ACTIVITIES)
            if answers.volunteered(key) or not guess:
                text = f"What kind of activity is '{label}' in {match.file}?"
                guess = answers.ask(Question(key, text, tuple(ACTIVITIES)))
            kinds[label] = guess or ""
        classes |= {(label, each): "void" for label in labels for each in match.decided.values()}
        for name in (each for each in ("direction", "outcome_label") if each in match.fields):
            for outcome in values_of(connection, match.table, match.fields[name]):
                if outcome in draft.words.missed:
                    classes |= {(label, outcome): class_of_missed(match, kinds[label]) for label in labels}
                elif name == "outcome_label" and has_word(outcome, PLANNED):
                    classes |= {(label, outcome): "void" for label in labels}
    rows = [(label, "", kind, "") for label, kind in kinds.items()]
    rows += [(label, outcome, kinds[label], each) for (label, outcome), each in classes.items()]
    names = ("activity_label", "outcome_label", "activity_type", "activity_class")
    shown = names if classes else ("activity_label", "activity_type")
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
