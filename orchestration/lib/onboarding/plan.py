"""From files and answers to all files to write: the order of the steps.

Belongs here: the order, and the paths. Does not belong here: the steps themselves (the other modules of this package).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import yaml

from orchestration.lib.onboarding import reference
from orchestration.lib.onboarding.amounts import find_cents
from orchestration.lib.onboarding.column_types import Times, find_types, read_hints
from orchestration.lib.onboarding.company_files import company_files, latest_agreement
from orchestration.lib.onboarding.deciding import ask_about_signs, find_signs, note_statuses_of_leads
from orchestration.lib.onboarding.declaration import models_yaml, sources_yaml
from orchestration.lib.onboarding.doubts import ask_about_sums
from orchestration.lib.onboarding.entities import match_tables
from orchestration.lib.onboarding.expressions import Draft
from orchestration.lib.onboarding.keys import find_key, record_field
from orchestration.lib.onboarding.links import find_links
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.meanings import DELETED, Explainer, meanings_of
from orchestration.lib.onboarding.mixed import add_mixed_links
from orchestration.lib.onboarding.opt_outs import find_opt_outs
from orchestration.lib.onboarding.parts import add_parts
from orchestration.lib.onboarding.profile import Table, read_tables
from orchestration.lib.onboarding.questions import Answers, OnboardingError
from orchestration.lib.onboarding.reading import Reader
from orchestration.lib.onboarding.remembering import (
    Remembered,
    answers_path,
    earlier_exports,
    read_remembered,
    remembered_text,
)
from orchestration.lib.onboarding.staging import staging_models
from orchestration.lib.onboarding.summary import summary, used_columns
from orchestration.lib.onboarding.texts import stage_in
from orchestration.lib.onboarding.units import currencies_of, file_zones, platforms_of
from orchestration.lib.onboarding.writing import Writes
from orchestration.lib.source_tables import read_declaration
from orchestration.lib.systems.finding import FOLDER, OWN_TABLES

# A deal whose stage alone shows that it has ended, or whose system wrote when; revenue that belongs to a person; words
# that reference files explain.
DRAFTED = (
    *("is_closed", "closing_entered_at", "person_record_id", "flagged_status"),
    *("deal_type_label", "pipeline_label", "present_stage_label", "state_label", "due_at", "is_paid"),
)
# A column with another word beside one of these, such as "Newsletter signed up at", is of no stage.
ENDS_OF_A_LEAD = ("customer", "lost", "recycled", "rejected", "disqualified", DELETED)


@dataclass
class Plan:
    """What was found and what to write; nothing is written while questions are open."""

    writes: Writes = field(default_factory=Writes)
    answers: Answers = field(default_factory=lambda: Answers({}))
    found: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def make_plan(
    paths: list[Path],
    system: str,
    company: Path,
    dbt_project: Path,
    given: dict[str, str],
    taken: Collection[str] = (),
) -> Plan:
    """Return the plan for the export files of one system. OnboardingError for a problem that no answer resolves.

    `taken` are the names of the product's systems.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", system) or system in OWN_TABLES:
        raise OnboardingError(
            f"'{system}' is not a valid system name; use lower-case letters, digits and _, as in acme, and give the "
            "files after it: smarketing source acme leads.csv deals.csv"
        )
    if system in taken:
        raise OnboardingError(
            f"'{system}' is a system of the product, which reads its exports unchanged: put the files into "
            f"{company / 'exports' / system}/, or give another name"
        )
    remembered = read_remembered(company, system)
    earlier = earlier_exports(company, system, paths)
    plan = Plan(answers=Answers(given, remembered.answers))
    unused: list[str] = []
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        tables = read_tables(connection, paths, system, earlier, unused)
        reader = Reader(connection, read_hints(plan.answers))
        matches = match_tables(reader, tables, plan.answers)
        if not plan.answers.open_questions and not matches:
            raise OnboardingError(
                "None of these files contains an entity of the warehouse, so there is nothing to write"
            )
        if not plan.answers.open_questions:
            matches = add_parts(reader, matches, plan.answers)
        if plan.answers.open_questions:
            return plan  # the rest depends on them
        for match in matches:
            find_key(reader, match, matches, plan.answers)
        links = {
            (match.table.name, name): found
            for match in matches
            for name, found in find_links(reader, match, matches, plan.answers).items()
        }
        add_mixed_links(reader, matches, links, plan.answers)
        find_signs(reader, matches)
        opt_outs = find_opt_outs(reader, matches, plan.answers)
        times = find_types(reader, matches, plan.answers)
        ask_about_sums(reader, matches, plan.answers)
        words = meanings_of(Explainer(connection, company, system, plan.answers, plan.notes), matches)
        ask_about_signs(reader, matches, words, plan.answers)
        agreement = latest_agreement(company)
        draft = Draft(
            system,
            matches,
            links,
            contract(dbt_project),
            *currencies_of(connection, matches, agreement, plan.answers),
            _stage_columns(matches),
            file_zones(matches, times, plan.answers),
            platforms_of(matches, plan.answers),
            words,
            opt_outs,
            find_cents(reader, matches, plan.answers),
        )
        zone = company_files(connection, draft, company, agreement, times, plan.answers, plan.notes, plan.writes)
        if not plan.answers.open_questions:
            plan.notes += reference.rows_without_effect(connection, draft)
            plan.notes += note_statuses_of_leads(reader, matches, used_columns(draft))
    plan.answers.check_all_known()
    _refuse_lost_tables(company, system, matches, tables, given)
    _system_files(draft, company, plan)
    for match in matches:
        for path in [each.export for each in match.table.files]:
            target = company / "exports" / system / path.name
            if path.resolve() != target.resolve():
                plan.writes.copies[target] = path
    plan.found = [*summary(draft, tables), *unused]
    plan.notes += [f"{match.file}: {note}" for match in matches for note in match.table.notes]
    _remember(remembered, draft, company, times, zone or "", plan)
    return plan


def _refuse_lost_tables(
    company: Path, system: str, matches: list[Match], tables: list[Table], given: Collection[str]
) -> None:
    """Raise OnboardingError if the draft would lose a table that is declared and has no file any more, or a key.

    Without its key, each export of a record would be another record.
    """
    declared = company / FOLDER / system / "staging" / f"_{system}__sources.yml"
    known = {table.name: table for table in read_declaration(declared)} if declared.is_file() else {}
    for name in known.keys() - {table.name for table in tables}:
        if answers_path(company, system).is_file():
            raise OnboardingError(
                f"{declared} reads the table {name}, and no file of it is in {company / 'exports' / system}/ or "
                f"among the files given. Give a file like {' or '.join(known[name].files)} too, or delete {name} there "
                "first"
            )
    for table in tables if answers_path(company, system).is_file() else ():
        key = known[table.name].key if table.name in known else ()
        of_table = [match for match in matches if match.table is table]
        columns = [column for column in table.columns if column.name in key]
        is_lost = bool(key) and (not table.key or (len(columns) == 1 and not table.is_unique(columns[0])))
        if of_table and is_lost and not any(answer.startswith(f"{table.name}.") for answer in given):
            labels = " + ".join(column.label for column in columns)
            raise OnboardingError(
                f"{declared} identifies a record of {table.name} by {labels or ', '.join(key)}, which "
                f"{', '.join(each.name for each in table.files)} do not: in one of them a value is missing or "
                "repeats. Correct that file; or, if it is right, call again with --answer "
                f"{table.name}.{record_field(of_table[0])}=none or =<another column>"
            )


def _remember(remembered: Remembered, draft: Draft, company: Path, times: Times, zone: str, plan: Plan) -> None:
    """Add the file of answers, and what of the earlier files may be replaced or removed."""
    answers = {key: value for key, value in (remembered.answers | plan.answers.given).items() if key != "currency"}
    # The currency of these files is not that of a file that comes later.
    answers |= {
        f"{match.table.name}.currency": draft.currencies[match.table.name]
        for match in draft.matches
        if match.table.name in draft.currencies and plan.answers.volunteered("currency")
    }
    answers |= {name: times.learned(name) for name in times.proven if name not in answers and times.learned(name)}
    answers.setdefault("time_zone", zone)
    own = {path: text for path, text in plan.writes.texts.items() if FOLDER in path.relative_to(company).parts}
    plan.writes.replaceable = {path for path in own if remembered.is_unchanged(company, path)}
    gone = {company / name for name in remembered.files} - own.keys()
    plan.writes.removed = {path for path in gone if remembered.is_unchanged(company, path)}
    plan.writes.added[answers_path(company, draft.system)] = remembered_text(answers, company, own)


def contract(dbt_project: Path) -> dict[str, dict[str, str]]:
    """Return column -> type of each canonical entity, as defined in _entities.yml, without `system`.

    Of the columns that a system may lack, only those of DRAFTED are drafted.
    """
    path = dbt_project / "models" / "intermediate" / "entities" / "_entities.yml"
    models = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    return {
        model["name"].removeprefix("int_"): {
            column["name"]: column["data_type"]
            for column in model["columns"]
            if column["name"] in DRAFTED or (column["name"] != "system" and "config" not in column)
        }
        for model in models
    }


def _system_files(draft: Draft, company: Path, plan: Plan) -> None:
    """Add the company's own system: its staging folder, and the list of its entities."""
    folder = company / FOLDER / draft.system
    staging = folder / "staging"
    plan.writes.texts |= {staging / f"{name}.sql": text for name, text in staging_models(draft).items()}
    plan.writes.texts[staging / f"_{draft.system}__sources.yml"] = sources_yaml(draft)
    plan.writes.texts[staging / f"_{draft.system}__models.yml"] = models_yaml(draft.system, draft.entities)
    plan.writes.texts[folder / "system.yml"] = f"entities: [{', '.join(draft.entities)}]\n"


def _stage_columns(matches: list[Match]) -> dict[tuple[str, str], str]:
    """Return the label of each column of persons that contains the date of a stage, such as 'MQL date'."""
    return {
        (match.table.name, column.name): column.label
        for match in matches
        if match.entity == "persons"
        for column in match.table.columns
        if column.data_type in ("date", "timestamp")
        and column.name not in match.fields.values()
        and stage_in(column.label, ENDS_OF_A_LEAD) not in (None, "opportunity", "lead", DELETED)
    }
