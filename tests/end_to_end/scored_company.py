"""A small company whose leads become MQL by their score.

36 persons come in, one every second day from 1 April 2026 on, all from Italy (25 points of fit) by a visit (8 points of
engagement; 25 hours later 8 x 2 ^ -(25 / 24 / 30) = 7.81); fit and engagement are half of the score each. By number
modulo 4 a person does nothing more (0: a score of 16.5), sends a newsletter form 25 hours after (1: 25 points more, a
score of 28.90), asks for a quote then (2: 60 + 25 points more, a score of 58.90), or does the one then and the other 40
days after (3). Every third is labelled SAL on the fifth day.
"""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from seeds.signatures import unsigned
from tests.end_to_end.conftest import PROJECT

PERSONS = range(36)
FLAT = "{amount: 500000, per: year}"
CONTACTS = (
    "Record ID,Email,Create Date,Lifecycle Stage,Contact owner,Country/Region,Business unit,Original Traffic Source,"
    '"Date entered ""Lead (Lifecycle Stage Pipeline)""",'
    '"Date entered ""Sales Accepted Lead (Lifecycle Stage Pipeline)"""'
)
FORMS = "client_id,email,form_name,submitted_at"
CALLS = "Record ID,Activity date,Call direction,Activity assigned to,Associated Contact IDs"


def day(number: int, after: int) -> date:
    return date(2026, 4, 1) + timedelta(days=2 * number + after)


def write_company(folder: Path, version: str, threshold: int, quota: str = FLAT) -> Path:
    for system in ("hubspot", "web"):
        (folder / "exports" / system).mkdir(parents=True)
    shutil.copytree(PROJECT / "seeds" / "reference", folder / "reference")
    shutil.copy(PROJECT / "seeds" / "exports" / "hubspot" / "users.csv", folder / "exports" / "hubspot")
    agreement = unsigned((PROJECT / "seeds" / "agreements" / "2025-10.yml").read_text())
    agreement = re.sub(r'version: "2025-10"', f"version: {version}", agreement)
    agreement, changed = re.subn(
        r"decided_by: label\n( +criteria: \{score_at_least:) 25", rf"decided_by: rule\n\1 {threshold}", agreement
    )
    assert changed == 1
    assert agreement.count(FLAT) == 1
    agreement = agreement.replace(FLAT, quota)
    (folder / "agreements").mkdir()
    (folder / "agreements" / f"{version}.yml").write_text(agreement)

    contacts, forms, calls = [CONTACTS], [FORMS], [CALLS]
    for number in PERSONS:
        email, fields = f"p{number}@acme{number}.example", "Lead,Nives Corbari,Italy,Small Business,Paid Search"
        created = f"{day(number, 0)} 10:00"
        accepted = f"{day(number, 5)} 10:00" if number % 3 == 0 else ""
        contacts.append(f"{number + 1},{email},{created},{fields},{created},{accepted}")
        if number % 4 in (1, 3):
            forms.append(f",{email},Newsletter,{day(number, 1)}T09:00:00Z")
        if number % 4 in (2, 3):
            after = 1 if number % 4 == 2 else 40
            forms.append(f",{email},Request a quote,{day(number, after)}T09:00:00Z")
        if number % 5:
            calls.append(f"{number + 1},{day(number, 1 + number % 3)} 15:00,Outbound,Nives Corbari,{number + 1}")
    (folder / "exports" / "hubspot" / "contacts.csv").write_text("\n".join(contacts) + "\n")
    (folder / "exports" / "hubspot" / "calls.csv").write_text("\n".join(calls) + "\n")
    (folder / "exports" / "web" / "form_submissions.csv").write_text("\n".join(forms) + "\n")
    return folder
