"""What `smarketing sign` does: finds the company's versions, signs one today, says what was sealed.

Belongs here: from a company folder to sentences. Signing itself is lib/agreement/signing.py.
"""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from orchestration import settings
from orchestration.commands.arguments import open_folder
from orchestration.lib.agreement.parts import Team
from orchestration.lib.agreement.reading import AgreementError, read_agreements
from orchestration.lib.agreement.signing import SigningError, sign
from orchestration.lib.agreement.versions import latest_in_force
from orchestration.lib.company.folder import CompanyError
from orchestration.lib.source_tables import DeclarationError

SIGNING_ERRORS = (AgreementError, CompanyError, DeclarationError, SigningError)


def sign_version(company: Path, version: str, name: str, role: Team) -> str:
    """Sign a version of the company for one team, today in the company's zone; returns what to print.

    One of SIGNING_ERRORS says what is wrong; then nothing was signed.
    """
    opened = open_folder(company.resolve())
    if opened.agreements.is_relative_to(settings.EXAMPLES):
        raise SigningError(
            f"{opened.agreements} belongs to an example; copy it to {company / 'agreements'}, change it and sign that"
        )
    zone = ZoneInfo(latest_in_force(read_agreements(opened.agreements)).company.time_zone)
    return "\n".join(sign(opened.agreements, version, name, role, datetime.now(zone).date()).sentences())
