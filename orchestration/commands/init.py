"""`smarketing init`: a new company folder.

Belongs here: arguments and what was written. The files are lib/onboarding/new_company.py.
"""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from orchestration import settings
from orchestration.commands.endings import print_line
from orchestration.lib.onboarding.new_company import company_files, write_missing
from orchestration.lib.onboarding.questions import OnboardingError
from orchestration.lib.systems.finding import own_tables, read_systems


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make; its name is the company's.")],
    currency: Annotated[str, typer.Option(help="The currency of the agreement: EUR.")] = "EUR",
    time_zone: Annotated[str, typer.Option(help="The time zone of the company: Europe/Rome.")] = "Europe/Rome",
) -> None:
    """Make a company folder: a first agreement that is valid, reference files with headers, a folder per system.

    Every file has comments and examples. No file is overwritten: in a folder that exists, what is missing is added.
    """
    if folder.exists() and not folder.is_dir():
        raise OnboardingError(f"{folder}: this is a file; give the path of a folder")
    company = folder.resolve()
    systems, tables = read_systems(settings.SYSTEMS), own_tables(settings.DBT_PROJECT)
    files = company_files(company, systems, tables, date.today().year, currency, time_zone)
    written = write_missing(files, company / "agreements")
    shown = [(f"{'wrote' if path in written else 'kept '} {path}") for path in files if path.name != ".gitkeep"]
    print_line("\n".join(shown))
    print_line(f"Next: put exports into {folder / 'exports'}/<system>/, then smarketing check --company {folder}")
