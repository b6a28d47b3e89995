"""The files of the company beside the system: rows of its reference files, and a first agreement.

Belongs here: which rows and which agreement follow from the files. Does not belong here: the meaning of labels
(reference.py), the agreement's text (starter.py), and the files of an empty company (new_company.py).
"""

import csv
from pathlib import Path

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.parts import STAGES
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.csv_files import is_formula
from orchestration.lib.onboarding import reference, starter
from orchestration.lib.onboarding.column_types import Times
from orchestration.lib.onboarding.expressions import Draft
from orchestration.lib.onboarding.questions import Answers, OnboardingError
from orchestration.lib.onboarding.units import company_currency, zone_of
from orchestration.lib.onboarding.writing import Writes, with_rows


def company_files(
    connection: duckdb.DuckDBPyConnection,
    draft: Draft,
    company: Path,
    agreement: Agreement | None,
    times: Times,
    answers: Answers,
    notes: list[str],
    writes: Writes,
) -> str | None:
    """Add the reference files, and a first agreement if the company has none; ask what they need. Return the zone."""
    zone = zone_of(draft.system, agreement, times, answers)
    currency = company_currency(draft, agreement, answers)
    stages = reference.stage_rows(draft)
    stream, lead_type = _axes(agreement)
    rows = {
        "stage_labels": (stages, ("system", "stage_label")),
        "activity_labels": (
            reference.activity_rows(connection, draft, answers),
            ("system", "activity_label", "outcome_label"),
        ),
        "deal_kinds": (reference.deal_kind_rows(draft), ("system", "deal_type", "pipeline")),
        "billing_states": (reference.billing_rows(draft), ("system", "record_type", "state_label")),
        "stream_labels": (reference.stream_rows(connection, draft, stream, notes), ("system", "stream_label")),
        "channel_rules": (
            reference.channel_rows(connection, draft, lead_type, _known_sources(company, draft.system), notes),
            ("system", "source_label", "source_detail"),
        ),
        "systems": ([_system_row(draft, zone, times, answers)] if zone else [], ("system",)),
    }
    for name, (new, key) in rows.items():
        path = company / "reference" / f"{name}.csv"
        if new := _without_formulas(new, path.name, notes):
            writes.added[path] = with_rows(path, new, key)
    if not agreement and zone and currency:
        first_day = times.first_lead or times.first
        if first_day is None:
            raise OnboardingError(
                "None of these files contains a date, so nothing of them can be counted in any month; export the "
                "column with the date on which each lead came in, or each deal was opened"
            )
        known = {row["stage"] for row in stages} & set(STAGES)
        has_leads = bool(draft.of("persons")) and (times.first_lead is not None or draft.of("persons")[0].is_derived)
        text = starter.starter_agreement(
            company.resolve().name, currency, zone, first_day, known, has_leads, bool(draft.of("activities"))
        )
        writes.texts[company / "agreements" / f"{first_day.year}-01-01.yml"] = text
    return zone


def _known_sources(company: Path, system: str) -> set[str]:
    """Return the sources for which the company's channel_rules.csv has a row."""
    path = company / "reference" / "channel_rules.csv"
    if not path.is_file():
        return set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row.get("source_label") or "" for row in csv.DictReader(file) if row.get("system") == system}


def _without_formulas(rows: reference.Rows, file: str, notes: list[str]) -> reference.Rows:
    """Return the rows without labels that a spreadsheet would run; those must stay unchanged, so people add them."""
    safe = [row for row in rows if not any(map(is_formula, row.values()))]
    if len(safe) < len(rows):
        excluded = [row for row in rows if row not in safe]
        labels = ", ".join(next(cell for name, cell in row.items() if name.endswith("_label")) for row in excluded)
        notes.append(f"labels that a spreadsheet reads as formulas (add them to {file} in a text editor): {labels}")
    return safe


def latest_agreement(company: Path) -> Agreement | None:
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


def _system_row(draft: Draft, zone: str, times: Times, answers: Answers) -> dict[str, str]:
    return {
        "system": draft.system,
        "time_zone": zone,
        "date_order": answers.volunteered("date_order") or times.learned("date_order"),
        "decimal_mark": answers.volunteered("decimal_mark") or times.learned("decimal_mark"),
    }
