"""What the words of deals, invoices and activities mean: by the company's reference files, the product's lists, the
tables of words; a word that none of them explains is asked about.

Belongs here: the meaning of one word. Does not belong here: the rows that are drafted of it (reference.py), and the
SQL, which reads the reference files at every build (staging.py, outcomes.py).
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from orchestration.lib.csv_files import seed_rows
from orchestration.lib.inspection.words import fold
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.profile import values_of
from orchestration.lib.onboarding.questions import Answers, Question
from orchestration.lib.onboarding.texts import first_with_word, has_word, stage_in
from orchestration.lib.onboarding.words import (
    BILLING_STATES,
    DEAL_KINDS,
    INBOUND,
    MISSED,
    OUTBOUND,
    PARTLY,
    PIPELINE,
    STAGES,
)

DELETED = "deleted"
STAGE_ANSWERS = {"won": "customer", "lost": "lost", "open": "opportunity", DELETED: DELETED}


@dataclass(frozen=True)
class Meaning:
    """A column of words of a reference file: its list of the product, its table of words, and its question.

    `empty` is the column beside it that is empty in a row for the word alone.
    """

    key: str
    file: str
    column: str
    meaning: str
    words: dict[str, str]
    answers: dict[str, str]
    text: str
    seed: str = ""
    empty: str = ""
    fixed: dict[str, str] = field(default_factory=dict)


STAGE = Meaning(
    "stage",
    "stage_labels",
    "stage_label",
    "stage",
    STAGES,
    STAGE_ANSWERS,
    "Is a record of {file} with the stage '{label}' won, lost, open or deleted?",
)
DEAL_TYPE = Meaning(
    "type",
    "deal_kinds",
    "deal_type",
    "kind",
    DEAL_KINDS,
    {"existing": "expansion", "new": "new_business"},
    "Is a deal of {file} with the type '{label}' new business, or business with an existing customer?",
    "known_deal_kinds",
    "pipeline",
)
PIPELINES = Meaning(
    "pipeline",
    "deal_kinds",
    "pipeline",
    "kind",
    DEAL_KINDS,
    DEAL_TYPE.answers,
    "Is a deal of {file} in the pipeline '{label}' new business, or business with an existing customer?",
    "known_deal_kinds",
    "deal_type",
)
STATE = Meaning(
    "status",
    "billing_states",
    "state_label",
    "meaning",
    BILLING_STATES,
    {"not_revenue": "not_issued", "revenue": "billed"},
    "Is a row of {file} with the status '{label}' revenue?",
    "known_billing_states",
    fixed={"record_type": "invoice"},
)
DIRECTION = Meaning(
    "direction",
    "",
    "",
    "",
    {"inbound": f"{INBOUND}|{MISSED}", "outbound": OUTBOUND},
    {"inbound": "inbound", "outbound": "outbound"},
    "Does '{label}' in {file} mean from the lead (inbound) or to the lead (outbound)?",
)


@dataclass(frozen=True)
class Words:
    """The meaning of each word found: stages of deals, their types and pipelines, states of invoices, directions.

    `missed` are the directions and outcomes of what nobody took.
    """

    stages: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    pipelines: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    directions: dict[str, str] = field(default_factory=dict)
    missed: tuple[str, ...] = ()


@dataclass
class Explainer:
    """The company's reference files, the answers, and notes on answers that the files overrule."""

    connection: duckdb.DuckDBPyConnection
    company: Path
    system: str
    answers: Answers
    notes: list[str]

    def explain(self, matches: Iterable[Match], name: str, what: Meaning, is_asked: bool = True) -> dict[str, str]:
        """Return the meaning of each word of a field; words without one are asked about, or omitted."""
        own = own_words(self.company, self.system, what)
        found: dict[str, str] = {}
        for match in (each for each in matches if name in each.fields):
            for label in values_of(self.connection, match.table, match.fields[name]):
                if label not in found and (meaning := self._meaning(match, label, what, own, is_asked)):
                    found[label] = meaning
        return found

    def _meaning(self, match: Match, label: str, what: Meaning, own: dict[str, str], is_asked: bool) -> str | None:
        key = f"{what.key}.{label}"
        answer = self.answers.volunteered(key)
        there = own.get(fold(label))
        if there:
            if key in self.answers.given and what.answers.get(answer or "", there) != there:
                self.notes.append(
                    f"--answer {key}={answer}: reference/{what.file}.csv explains {label} as {there} already, which "
                    "stays; change it there"
                )
            return there
        guess = None if answer else _known(label, what) or _by_word(label, what)
        if guess or not (answer or (is_asked and "" not in own)):
            return guess
        text = what.text.format(file=match.file, label=label)
        example = "open" if what is STAGE else ""
        answer = self.answers.ask(Question(key, text, tuple(what.answers), example=example))
        return what.answers[answer] if answer else None


def meanings_of(explainer: Explainer, matches: list[Match]) -> Words:
    """Return what the words of the deals, invoices and activities mean."""
    deals, revenue, activities = (
        [match for match in matches if match.entity == entity] for entity in ("opportunities", "revenue", "activities")
    )
    asked = [match for match in deals if is_pipeline(match)]
    products = explainer.explain([match for match in deals if match not in asked], "stream_label", PIPELINES, False)
    stated = {match.stage: STAGE_ANSWERS[match.stage.lower()] for match in deals if match.stage}
    return Words(
        stated | explainer.explain(deals, "stage_label", STAGE),
        explainer.explain(deals, "type_label", DEAL_TYPE),
        explainer.explain(asked, "stream_label", PIPELINES)
        | {label: kind for label, kind in products.items() if kind != "new_business"},
        explainer.explain(revenue, "status_label", STATE),
        explainer.explain(activities, "direction", DIRECTION),
        tuple(
            label
            for match in activities
            for name in ("direction", "outcome_label")
            if name in match.fields
            for label in values_of(explainer.connection, match.table, match.fields[name])
            if has_word(label, MISSED)
        ),
    )


def own_words(company: Path, system: str, what: Meaning) -> dict[str, str]:
    """Return the meaning of each folded word of the system in the company's reference file; "" is of any other word."""
    path = company / "reference" / f"{what.file}.csv"
    if not what.file or not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.get("system") == system]
    found = _by_spelling(rows, what)
    others = [row for row in rows if what.empty and not (row.get(what.column) or row.get(what.empty))]
    if others:
        found[""] = others[0][what.meaning]
    return found


def is_pipeline(match: Match) -> bool:
    """Whether the label of what is sold calls it a pipeline; of a product a list has to have the kind."""
    column = match.column("stream_label")
    return column is not None and has_word(column.label, PIPELINE)


def _known(label: str, what: Meaning) -> str | None:
    rows = seed_rows(what.seed) if what.seed else ()
    return _by_spelling((row for row in rows if not row.get(what.empty)), what).get(fold(label))


def _by_spelling(rows: Iterable[dict[str, str]], what: Meaning) -> dict[str, str]:
    return {
        fold(row[what.column]): row[what.meaning]
        for row in rows
        if row.get(what.column)
        and row.get(what.meaning)
        and all(row.get(name) == value for name, value in what.fixed.items())
    }


def _by_word(label: str, what: Meaning) -> str | None:
    """Return the meaning of a word in the label; of what is true of a part of the amount only, none."""
    guess = stage_in(label) if what is STAGE else first_with_word(label, what.words)
    return None if what is STATE and guess != "billed" and has_word(label, PARTLY) else guess
