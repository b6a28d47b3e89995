"""From files and answers to all files to write: the order of the steps.

Belongs here: the order, and the paths. Does not belong here: the steps themselves (the other modules of this package).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import yaml

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.parts import STAGES
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.csv_files import is_formula
from orchestration.lib.onboarding import reference, starter
from orchestration.lib.onboarding.column_types import Times, find_types
from orchestration.lib.onboarding.declaration import models_yaml, sources_yaml
from orchestration.lib.onboarding.expressions import Draft
from orchestration.lib.onboarding.links import find_key, find_links
from orchestration.lib.onboarding.matching import Match, match_tables
from orchestration.lib.onboarding.profile import read_tables
from orchestration.lib.onboarding.questions import Answers, OnboardingError
from orchestration.lib.onboarding.staging import staging_models
from orchestration.lib.onboarding.texts import first_with_word
from orchestration.lib.onboarding.units import company_currency, currencies_of, zone_of
from orchestration.lib.onboarding.words import STAGES as STAGE_WORDS
from orchestration.lib.onboarding.writing import Writes, with_rows
from orchestration.lib.systems.finding import FOLDER, OWN_TABLES


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
            f"'{system}' is not a valid system name; use lower-case letters, digits and _, as in acme"
        )
    if system in taken:
        raise OnboardingError(
            f"'{system}' is a system of the product, which reads its exports unchanged: put the files into "
            f"{company / 'exports' / system}/, or give another name"
        )
    plan = Plan(answers=Answers(given))
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        tables = read_tables(connection, paths, system)
        matches = match_tables(tables, plan.answers)
        if not plan.answers.open_questions and not matches:
            raise OnboardingError(
                "None of these files contains an entity of the warehouse, so there is nothing to write"
            )
        if plan.answers.open_questions:
            return plan  # the rest depends on them
        for match in matches:
            find_key(connection, match, plan.answers)
        links = {
            (match.table.name, name): found
            for match in matches
            for name, found in find_links(connection, match, matches, plan.answers).items()
        }
        times = find_types(connection, matches, plan.answers)
        draft = Draft(
            system,
            matches,
            links,
            contract(dbt_project),
            currencies_of(connection, matches, plan.answers),
            reference.deal_stages(connection, matches, plan.answers),
            _stage_columns(matches),
            reference.labels_that_mean_yes(connection, matches),
        )
        _company_files(connection, draft, company, times, plan)
        if not plan.answers.open_questions:
            plan.notes += reference.rows_without_effect(connection, draft)
    plan.answers.check_all_known()
    _system_files(draft, company, plan)
    for match in matches:
        for path in match.table.files:
            target = company / "exports" / system / path.name
            if path.resolve() != target.resolve():
                plan.writes.copies[target] = path
    plan.found = [_sentence(draft, match) for match in matches]
    plan.notes += [f"{match.table.files[0].name}: {note}" for match in matches for note in match.table.notes]
    return plan


def contract(dbt_project: Path) -> dict[str, dict[str, str]]:
    """Return column -> type of each canonical entity, as defined in _entities.yml, without `system`.

    Of the columns that a system may lack, only what the stage alone shows is drafted.
    """
    path = dbt_project / "models" / "intermediate" / "entities" / "_entities.yml"
    models = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    return {
        model["name"].removeprefix("int_"): {
            column["name"]: column["data_type"]
            for column in model["columns"]
            if column["name"] == "is_closed" or (column["name"] != "system" and "config" not in column)
        }
        for model in models
    }


def _system_files(draft: Draft, company: Path, plan: Plan) -> None:
    """Add the company's own system: its staging folder, and the list of its entities."""
    folder = company / FOLDER / draft.system
    staging = folder / "staging"
    plan.writes.texts |= {staging / f"{name}.sql": text for name, text in staging_models(draft).items()}
    plan.writes.texts[staging / f"_{draft.system}__sources.yml"] = sources_yaml(draft.system, draft.matches)
    plan.writes.texts[staging / f"_{draft.system}__models.yml"] = models_yaml(draft.system, draft.entities)
    plan.writes.texts[folder / "system.yml"] = f"entities: [{', '.join(draft.entities)}]\n"


def _company_files(
    connection: duckdb.DuckDBPyConnection, draft: Draft, company: Path, times: Times, plan: Plan
) -> None:
    """Add the reference files, and a first agreement if the company has none; ask what they need."""
    agreement = _agreement(company)
    zone = zone_of(draft.system, agreement, times, plan.answers)
    currency = company_currency(draft, agreement, plan.answers)
    stages = reference.stage_rows(draft)
    stream, lead_type = _axes(agreement)
    rows = {
        "stage_labels": (stages, ("system", "stage_label")),
        "activity_labels": (reference.activity_rows(connection, draft, plan.answers), ("system", "activity_label")),
        "stream_labels": (reference.stream_rows(connection, draft, stream, plan.notes), ("system", "stream_label")),
        "channel_rules": (
            reference.channel_rows(connection, draft, lead_type, plan.notes),
            ("system", "source_label", "source_detail"),
        ),
        "systems": ([_system_row(draft, zone, plan.answers)] if zone else [], ("system",)),
    }
    for name, (new, key) in rows.items():
        path = company / "reference" / f"{name}.csv"
        if new := _without_formulas(new, path.name, plan.notes):
            plan.writes.added[path] = with_rows(path, new, key)
    if not agreement and zone and currency:
        first_lead = times.first_lead
        if first_lead is None:
            raise OnboardingError(
                "None of these files contains leads or contacts, so an agreement has no basis; add such a file"
            )
        known = {row["stage"] for row in stages} & set(STAGES)
        text = starter.starter_agreement(company.resolve().name, currency, zone, first_lead, known)
        plan.writes.texts[company / "agreements" / f"{first_lead.year}-01-01.yml"] = text


def _without_formulas(rows: reference.Rows, file: str, notes: list[str]) -> reference.Rows:
    """Return the rows without labels that a spreadsheet would run; those must stay unchanged, so people add them."""
    safe = [row for row in rows if not any(map(is_formula, row.values()))]
    if len(safe) < len(rows):
        excluded = [row for row in rows if row not in safe]
        labels = ", ".join(next(cell for name, cell in row.items() if name.endswith("_label")) for row in excluded)
        notes.append(f"labels that a spreadsheet reads as formulas (add them to {file} in a text editor): {labels}")
    return safe


def _agreement(company: Path) -> Agreement | None:
    """Return the latest version of the agreement, None if there is none. AgreementError for an invalid one."""
    folder = company / "agreements"
    has_versions = folder.is_dir() and (any(folder.glob("*.yml")) or any(folder.glob("*.yaml")))
    return read_agreements(folder)[-1] if has_versions else None


def _axes(agreement: Agreement | None) -> tuple[str | None, str]:
    """Return the one revenue stream and lead type that labels can mean; between several, people must choose."""
    if agreement is None:
        return starter.STREAM, starter.LEAD_TYPE
    streams = agreement.revenue_streams
    types = {name for stream in streams.values() for name in stream.lead_types}
    return (next(iter(streams)) if len(streams) == 1 else None), (next(iter(types)) if len(types) == 1 else "")


def _system_row(draft: Draft, zone: str, answers: Answers) -> dict[str, str]:
    return {
        "system": draft.system,
        "time_zone": zone,
        "date_order": answers.volunteered("date_order") or "",
        "decimal_mark": answers.volunteered("decimal_mark") or "",
    }


def _stage_columns(matches: list[Match]) -> dict[tuple[str, str], str]:
    """Return the label of each column of persons that contains the date of a stage, such as 'MQL date'."""
    return {
        (match.table.name, column.name): column.label
        for match in matches
        if match.entity == "persons"
        for column in match.table.columns
        if column.data_type in ("date", "timestamp")
        and column.name not in match.fields.values()
        and first_with_word(column.label, STAGE_WORDS) not in (None, "opportunity", "lead")
    }


def _sentence(draft: Draft, match: Match) -> str:
    """Return a summary of one table, for people."""
    table = match.table
    key = " + ".join(table.column(name).label for name in table.key) or "none: each row is a fact"
    ties = [
        f"{table.column(link.column).label} -> {link.target.table.name} ({link.share:.0%})"
        for name in match.references
        for link in draft.links.get((table.name, name), [])
    ]
    personal = [column.label for column in table.columns if column.is_personal]
    fields = [f"{name} = {table.column(column).label}" for name, column in match.fields.items()]
    return "\n".join(
        [
            f"{', '.join(path.name for path in table.files)}: {table.rows:,} rows -> {match.entity}; key: {key}",
            f"    {', '.join(fields)}",
            *([f"    points to: {', '.join(ties)}"] if ties else []),
            *([f"    personal: {', '.join(personal)}"] if personal else []),
        ]
    )
