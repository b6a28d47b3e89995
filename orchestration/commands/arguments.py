"""What all verbs of the command share: the company and its home, and the checks before anything heavy is imported.

Belongs here: options that several verbs have, exit with a message. The verbs are cli.py.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from orchestration import settings
from orchestration.lib.agreement.reading import AgreementError, read_agreements
from orchestration.lib.company.folder import Company, CompanyError, open_company
from orchestration.lib.company.privacy import PrivacyError, read_published_email
from orchestration.lib.source_tables import DeclarationError
from orchestration.lib.systems.assembling import assemble
from orchestration.lib.systems.finding import System, known_systems, tables_of
from orchestration.lib.systems.joining import joined_systems, systems_of_last_run
from orchestration.lib.warehouse.manifest import ManifestError, refresh_manifest

CompanyOption = Annotated[
    Path | None,
    typer.Option(help="The company folder (exports/, agreements/, reference/). Default: the demo company."),
]
HomeOption = Annotated[Path | None, typer.Option(help="Where its warehouse lies. Default: warehouse/<folder name>.")]


def stop(text: str, code: int) -> NoReturn:
    """Say what is wrong and end with this code."""
    typer.secho(text, fg=typer.colors.RED, err=True)
    raise typer.Exit(code)


def _utc(as_of: str) -> str:
    """An ISO instant as UTC without zone; one without a zone is UTC already."""
    try:
        moment = datetime.fromisoformat(as_of)
    except ValueError:
        stop(f"--as-of '{as_of}' is no instant: write 2026-03-31T22:00:00 (UTC) or 2026-04-01T00:00:00+02:00", 2)
    return (moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment).isoformat(" ")


def systems_of(folder: Path) -> list[System]:
    """Every system that the company of a folder can have. DeclarationError for a wrong one."""
    return known_systems(settings.SYSTEMS, settings.EXAMPLES, folder)


def open_folder(folder: Path) -> Company:
    """The company of a folder. CompanyError, or DeclarationError, if it is none."""
    return open_company(folder, tables_of(settings.DBT_PROJECT, systems_of(folder)), settings.EXAMPLES)


def prepare(company: Path | None, home: Path | None, as_of: str = "", starts_build: bool = False) -> settings.Settings:
    """Check what the user gave before anything heavy is imported, and assemble the company's dbt project.

    Systems join where a build starts, which ingests their files; for other verbs the project stays that of the last.
    """
    folder = (company or settings.DEMO_COMPANY).resolve()
    place = settings.Settings(folder, (home or settings.home_of(folder)).resolve(), as_of and _utc(as_of))
    owner = place.home / "company.txt"
    if owner.is_file() and owner.read_text().strip() != str(folder):
        stop(
            f"{place.home} is the warehouse of {owner.read_text().strip()}; give --home for a place of its own",
            2,
        )
    try:
        systems = systems_of(folder)
        opened = open_company(folder, tables_of(settings.DBT_PROJECT, systems), settings.EXAMPLES)
        read_agreements(opened.agreements)
        read_published_email(folder / "company.yml")
        settings.apply(place)
        if starts_build:
            systems = joined_systems(systems, opened, place.warehouse, place.project)
        else:
            systems = systems_of_last_run(systems, place.warehouse, place.project)
        assemble(place.project, settings.DBT_PROJECT, systems)
        refresh_manifest(place.project, settings.PARSED)
    except (CompanyError, AgreementError, DeclarationError, ManifestError, PrivacyError) as error:
        stop(str(error), 2)
    owner.write_text(f"{folder}\n")
    return place
