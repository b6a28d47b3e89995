"""`smarketing sign`: one version, one team, today in the company's zone.

Belongs here: from a company folder to sentences. Signing itself is lib/agreement/signing.py.
"""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from orchestration import settings
from orchestration.commands.arguments import CompanyOption
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import read_inputs
from orchestration.lib.agreement.parts import Team
from orchestration.lib.agreement.signing import SigningError
from orchestration.lib.agreement.signing import sign as sign_version
from orchestration.lib.agreement.versions import latest_in_force


def sign(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="The version, as its file names it: 2026-01.")],
    name: Annotated[str, typer.Option(metavar="NAME", help="First and last name of the person who signs.")],
    role: Annotated[Team, typer.Option(help="The team that they sign for, or are in.")],
    company: CompanyOption = None,
) -> None:
    """Sign a version of the agreement for one team, or as one of the signers that it names.

    The seal in the signature shows any later change of the text. A version is in force once both teams, and all its
    signers, have signed it.
    """
    inputs = read_inputs(company)
    folder = inputs.company.agreements
    if folder.is_relative_to(settings.EXAMPLES):
        own = inputs.company.folder / "agreements"
        raise SigningError(f"{folder} belongs to an example; copy it to {own}, change it and sign that")
    zone = ZoneInfo(latest_in_force(inputs.agreements).company.time_zone)
    print_line("\n".join(sign_version(folder, version, name, role, datetime.now(zone).date()).sentences()))
