"""A new company folder: every kind of file, with comments and examples, and nothing that a build would refuse.

Belongs here: the files and what they contain. Drafting a system from a company's own exports is plan.py; what an
agreement may contain is agreement/document.py.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from orchestration.lib.agreement.parts import STAGES
from orchestration.lib.company.folder import REFERENCE
from orchestration.lib.onboarding.questions import OnboardingError
from orchestration.lib.onboarding.starter import starter_agreement
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.systems.finding import System
from orchestration.lib.time_zones import zone_fault

TEXTS = Path(__file__).parent / "new_company_texts"
# What a row of each reference file looks like.
EXAMPLES = {
    "systems": "hubspot,Europe/Rome,,,,,,",
    "channel_rules": "hubspot,Organic Search,,Organic Search,all_leads,,",
    "stage_labels": "hubspot,Marketing Qualified Lead,mql,,",
    "stream_labels": "hubspot,New business,all_sales,,",
    "activity_labels": "hubspot,Call,Connected,call,conversation,,,",
    "campaign_rules": "google_ads,brand*,,all_sales,all_leads,,,",
    "content": "hubspot,Download: * guide,Buying guide,guide,lead,,,",
    "deal_kinds": "hubspot,Framework contract,,new_business,,",
    "billing_states": "billing,invoice,in dispute,not_issued",
    "answer_labels": "hubspot,timing,When the lease ends,known",
    "currency_rates": "USD,2026-01-01,0.92",
    "costs": "2026-03-01,agency,Paid Search,,1500.00,EUR",
    "territories": "Italy,,20*,Milan",
    "reasons": "hubspot,Went with another,competition,They wanted one supplier for everything,,",
    "exclusions": "email_domain,our-own-company.example,internal,,",
    "owners": "Elisabetta Mori,hubspot,77001234,Field,,,",
    "absences": "Elisabetta Mori,2026-08-03,2026-08-21,Carla Neri",
    "disputes": "hubspot:1234,2026-08-03,Carla Neri,no budget,give_back,2026-08-10,Ugo Riva",
}


def company_files(
    folder: Path, systems: Sequence[System], tables: Iterable[SourceTable], year: int, currency: str, time_zone: str
) -> dict[Path, str]:
    """The text of each file. OnboardingError for a currency or zone that an agreement cannot have."""
    if not re.fullmatch("[A-Z]{3}", currency):
        raise OnboardingError(
            f"--currency: '{currency}' is not a currency code; write three capital letters, such as EUR"
        )
    if fault := zone_fault(time_zone):
        raise OnboardingError(f"--time-zone: {fault}")
    reference = [table for table in tables if table.system == REFERENCE]
    agreement = starter_agreement(folder.name, currency, time_zone, date(year, 1, 1), STAGES)
    files = {
        folder / "README.md": _text("README.md").replace("FOLDER", folder.name),
        folder / "company.yml": _text("company.yml"),
        folder / "agreements" / f"{year}-01-01.yml": agreement + _text("optional_clauses.yml"),
        folder / REFERENCE / "README.md": _reference_text(reference),
    }
    files |= {folder / REFERENCE / f"{table.name}.csv": f"{_header(table)}\n" for table in reference}
    files[folder / "exports" / "README.md"] = _text("exports.md") + "\n".join(map(_exports_text, systems))
    # Empty folders, which git would forget; a file with a name would be an export.
    return files | {folder / "exports" / each.name / ".gitkeep": "" for each in systems}


def write_missing(files: dict[Path, str], agreements: Path) -> list[Path]:
    """Write the files that are not there, and return them; no file is ever overwritten.

    A company that has an agreement gets no second one. OnboardingError for a path that cannot be written.
    """
    has_agreement = any([*agreements.glob("*.yml"), *agreements.glob("*.yaml")])
    written = []
    for path, text in files.items():
        if path.exists() or (has_agreement and path.parent == agreements):
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise OnboardingError(f"{path}: it cannot be written ({error.strerror}); give another folder") from error
        written.append(path)
    return written


def _text(name: str) -> str:
    return (TEXTS / name).read_text(encoding="utf-8")


def _header(table: SourceTable) -> str:
    return ",".join(column.name for column in table.columns)


def _reference_text(tables: Iterable[SourceTable]) -> str:
    parts = []
    for table in tables:
        needed = ", ".join(column.name for column in table.columns if column.required)
        words = [f"- `{each.name}`: one of {', '.join(each.accepted)}" for each in table.columns if each.accepted]
        notes = [f"- `{each.name}`: {each.description}" for each in table.columns if each.description]
        example = f"```csv\n{_header(table)}\n{EXAMPLES[table.name]}\n```"
        parts.append("\n".join([f"## {table.name}.csv", example, f"Never empty: {needed}.", *words, *notes]))
    return _text("reference.md") + "\n\n".join(parts) + "\n"


def _exports_text(system: System) -> str:
    lines = [f"## {system.name}", "| table | files named | columns that must be there |", "|---|---|---|"]
    for table in system.tables:
        names = ", ".join(f"`{pattern}`" for pattern in (*table.files, *table.utc_files))
        needed = ", ".join((column.labels or (column.name,))[0] for column in table.columns if column.required)
        lines.append(f"| {table.name} | {names} | {needed or 'none'} |")
    return "\n".join(lines) + "\n"
